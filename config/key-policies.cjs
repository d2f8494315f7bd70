// @ts-check
/**
 * What roles need of a KMS key when the deployer named one; without a key, nothing. Each statement works through
 * one service only, and for the secrets or the machine of this deployment only (encryption context).
 */

/**
 * @param {string} PolicyName
 * @param {object[]} Statement
 */
const policy = (PolicyName, Statement) => ({
  PolicyName,
  PolicyDocument: { Version: '2012-10-17', Statement },
});

/** @param {string} service */
const viaService = (service) => ({
  'kms:ViaService': { 'Fn::Sub': `${service}.\${AWS::Region}.\${AWS::URLSuffix}` },
});

/** GetSecretValue decrypts; PutSecretValue makes a data key too (Secrets Manager user guide, "Secret encryption"). */
const DECRYPT = ['kms:Decrypt'];
const ENCRYPT = ['kms:Decrypt', 'kms:GenerateDataKey'];

/**
 * @param {string[]} keys that encrypt the secrets
 * @param {string[]} actions
 * @param {string[]} secrets Secrets Manager puts the secret's ARN into the encryption context
 */
function secretsKeyPolicy(keys, actions, secrets) {
  const StringEquals = { ...viaService('secretsmanager'), 'kms:EncryptionContext:SecretARN': secrets };
  return policy('secrets-key', [
    { Effect: 'Allow', Action: actions, Resource: keys, Condition: { StringEquals } },
  ]);
}

/** @param {import('./parameters.cjs').Parameters} parameters */
function secretsKeyPolicies({
  SECRETS_KMS_KEY_ARNS: keys,
  APP_SECRET_ARNS: apps,
  MASTER_SECRET_ARN: masters,
}) {
  if (keys.length === 0) return {};
  return {
    decryptAppSecrets: secretsKeyPolicy(keys, DECRYPT, apps),
    decryptAllSecrets: secretsKeyPolicy(keys, DECRYPT, [...apps, ...masters]),
    encryptAppSecrets: secretsKeyPolicy(keys, ENCRYPT, apps),
  };
}

/**
 * For the key of what the stack itself keeps (KMS_KEY_ARN).
 * @param {string | undefined} key
 * @param {string} machineArn for Fn::Sub
 */
function stackKeyPolicies(key, machineArn) {
  if (key === undefined) return {};
  /** @param {string[]} Action @param {object} StringEquals */
  const allow = (Action, StringEquals) => ({
    Effect: 'Allow',
    Action,
    Resource: key,
    Condition: { StringEquals },
  });
  const ofMachine = { 'kms:EncryptionContext:aws:states:stateMachineArn': { 'Fn::Sub': machineArn } };
  // Vended logs are encrypted for whatever log group they are delivered to.
  const ofLogs = {
    'kms:EncryptionContext:SourceArn': {
      'Fn::Sub': 'arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:*',
    },
  };
  return {
    encryptExecutions: policy('key', [allow(ENCRYPT, ofMachine), allow(['kms:GenerateDataKey'], ofLogs)]),
    readExecutions: policy('key', [allow(DECRYPT, ofMachine)]),
    useKeyForNotices: policy('notices-key', [
      allow(ENCRYPT, viaService('sns')),
      allow(ENCRYPT, viaService('sqs')),
    ]),
    useKeyForDeadLetters: policy('dead-letters-key', [allow(ENCRYPT, viaService('sqs'))]),
  };
}

module.exports = { secretsKeyPolicies, stackKeyPolicies };
