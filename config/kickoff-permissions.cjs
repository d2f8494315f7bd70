// @ts-check
const secretNames = require('./secret-names.cjs');

/**
 * Secrets Manager of this account may call kickoff, for the configured secrets and for no other: one permission
 * each, because a permission names one source.
 * @param {string[]} secretArns
 * @returns {Record<string, object>}
 */
const kickoffPermissions = (secretArns) =>
  Object.fromEntries(
    secretArns.map((arn) => [
      `KickoffPermission${secretNames.digestOf(arn)}`,
      {
        Type: 'AWS::Lambda::Permission',
        Properties: {
          Action: 'lambda:InvokeFunction',
          FunctionName: { Ref: 'KickoffLambdaFunction' },
          Principal: 'secretsmanager.amazonaws.com',
          SourceAccount: { Ref: 'AWS::AccountId' },
          SourceArn: arn,
        },
      },
    ]),
  );

module.exports = { kickoffPermissions };
