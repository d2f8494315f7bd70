import type { Policy, Statement } from './policies';

/** A secret of the account that the combinations of parameters are about. */
export const EXAMPLE_SECRET = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:shop/app-AbCdEf';

/** A policy with one statement, that a role may read one secret; for tests, which plant a fault in it. */
export const examplePolicy = (statement: Partial<Statement>, kind: Policy['kind'] = 'identity'): Policy => ({
  owner: 'SomeRole',
  kind,
  statements: [
    {
      effect: 'Allow',
      actions: ['secretsmanager:GetSecretValue'],
      resources: [EXAMPLE_SECRET],
      principals: {},
      conditions: {},
      ...statement,
    },
  ],
});
