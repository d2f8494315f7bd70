import type { Statement } from './check/iam/policies';
import { allows } from './check/permissions/allows';

const secret = (name: string) => `arn:aws:secretsmanager:eu-central-1:111122223333:secret:${name}`;

describe('a policy', () => {
  const statement = (effect: string, conditions: Statement['conditions'] = {}): Statement => ({
    effect,
    actions: ['secretsmanager:getsecretvalue'],
    resources: [secret('*')],
    principals: {},
    conditions,
  });
  const get = (...statements: Statement[]) =>
    allows(statements, 'secretsmanager:GetSecretValue', secret('app'));

  test('that denies counts more than one that allows', () => {
    expect(get(statement('Allow'))).toBe(true);
    expect(get(statement('Allow'), statement('Deny'))).toBe(false);
    expect(get()).toBe(false);
  });

  test('with a condition on a call that was made is not guessed', () => {
    const conditions = { StringEquals: { 'aws:PrincipalTag/team': ['data'] } };
    expect(() => get(statement('Allow', conditions))).toThrow(/has a condition/);
    expect(() => get(statement('Allow'), statement('Deny', conditions))).toThrow(/has a condition/);
  });
});
