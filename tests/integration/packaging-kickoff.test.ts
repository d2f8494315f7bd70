import { packageWith, statementsOf, type Packaged } from '../statemachine/packaged';

const APP = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:app-AbCdEf';

let tuned: Packaged;

beforeAll(async () => {
  tuned = await packageWith({ environment: { APP_SECRET_ARNS: APP } });
});

describe('kickoff', () => {
  test('may be called by Secrets Manager of this account only, and for the configured secrets only', () => {
    const permissions = Object.values(tuned.resources).filter(
      ({ Type, Properties }) =>
        Type === 'AWS::Lambda::Permission' &&
        JSON.stringify(Properties['FunctionName']).includes('KickoffLambdaFunction'),
    );
    expect(permissions.map(({ Properties }) => Properties)).toEqual([
      {
        Action: 'lambda:InvokeFunction',
        FunctionName: { Ref: 'KickoffLambdaFunction' },
        Principal: 'secretsmanager.amazonaws.com',
        SourceAccount: { Ref: 'AWS::AccountId' },
        SourceArn: APP,
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
