import { packageWith, statementsOf, type Packaged } from '../statemachine/packaged';

let tuned: Packaged;

beforeAll(async () => {
  tuned = await packageWith({});
}, 120_000);

describe('kickoff', () => {
  test('may be called by Secrets Manager of this account only', () => {
    const permissions = Object.values(tuned.resources).filter(
      ({ Type }) => Type === 'AWS::Lambda::Permission',
    );
    expect(permissions.map(({ Properties }) => Properties)).toEqual([
      {
        Action: 'lambda:InvokeFunction',
        FunctionName: { Ref: 'KickoffLambdaFunction' },
        Principal: 'secretsmanager.amazonaws.com',
        SourceAccount: { Ref: 'AWS::AccountId' },
      },
    ]);
  });

  test('alone may start and re-drive', () => {
    const starting = statementsOf(tuned, 'KickoffRole').flatMap(({ Action }) => [Action].flat());
    expect(starting).toEqual(expect.arrayContaining(['states:StartExecution', 'states:RedriveExecution']));
    for (const role of ['CreateSecretRole', 'SetSecretRole', 'TestSecretRole', 'FinishSecretRole']) {
      const actions = statementsOf(tuned, role).flatMap(({ Action }) => [Action].flat());
      expect(actions.filter((action) => action.startsWith('states:'))).toEqual([]);
    }
  });
});
