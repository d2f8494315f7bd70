// @ts-check
/**
 * What starts rotations by itself, one resource for each secret: an execution rotates one secret, and Secrets
 * Manager knows no groups either.
 */
const secretNames = require('./secret-names.cjs');

/**
 * @typedef {import('./parameters.cjs').Parameters} Parameters
 * @typedef {import('./parameters/owner.cjs').Schedule} Schedule
 * @typedef {Record<string, object>} Resources
 */

/**
 * EventBridge Scheduler delivers at least once; the scheduled time makes two deliveries one version.
 * @param {string} secretId
 */
const executionInput = (secretId) =>
  JSON.stringify({ secretId, owner: 'schedule', scheduledTime: '<aws.scheduler.scheduled-time>' });

/**
 * @param {Schedule} schedule
 * @param {string} secretArn
 * @param {Parameters} otherwise
 * @param {string[]} way
 */
function scheduleOf({ name, expression, timezone, windowMinutes }, secretArn, otherwise, way) {
  const minutes = windowMinutes ?? otherwise.SCHEDULE_WINDOW_MINUTES;
  return {
    Type: 'AWS::Scheduler::Schedule',
    DependsOn: way, // a rate() begins as soon as it exists
    Properties: {
      Name: secretNames.readableName(secretArn),
      GroupName: { Ref: 'ScheduleGroup' },
      Description: `Schedule ${name}`,
      ScheduleExpression: expression,
      ScheduleExpressionTimezone: timezone ?? otherwise.SCHEDULE_TIMEZONE,
      FlexibleTimeWindow:
        minutes === 0 ? { Mode: 'OFF' } : { Mode: 'FLEXIBLE', MaximumWindowInMinutes: minutes },
      Target: {
        Arn: { Ref: 'RotationStateMachine' },
        RoleArn: { 'Fn::GetAtt': ['RotationScheduleRole', 'Arn'] },
        Input: executionInput(secretArn),
        RetryPolicy: { MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 10 },
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['DeadLetterQueue', 'Arn'] } },
      },
    },
  };
}

/**
 * @param {Parameters} parameters owner `schedule`
 * @param {string[]} way the resources that lead to the database and to Secrets Manager
 * @returns {Resources}
 */
function rotationSchedules(parameters, way) {
  const { SCHEDULE: expression, SCHEDULES: listed = [], APP_SECRET_ARNS: secrets } = parameters;
  const schedules = expression === undefined ? listed : [{ name: 'all', secrets, expression }];
  return Object.fromEntries(
    schedules.flatMap((schedule) =>
      schedule.secrets.map((arn) => [
        `Schedule${secretNames.digestOf(arn)}`,
        scheduleOf(schedule, arn, parameters, way),
      ]),
    ),
  );
}

/**
 * @param {Parameters} parameters owner `secrets-manager`
 * @param {string[]} way the resources that lead to the database and to Secrets Manager
 * @returns {Resources}
 */
function managedRotations(parameters, way) {
  const { APP_SECRET_ARNS: secrets, AUTOMATICALLY_AFTER_DAYS: days, ROTATE_IMMEDIATELY: now } = parameters;
  return Object.fromEntries(
    secrets.map((arn) => [
      `Rotation${secretNames.digestOf(arn)}`,
      {
        Type: 'AWS::SecretsManager::RotationSchedule',
        // Secrets Manager calls kickoff at once, for a rotation or to try its configuration.
        DependsOn: [`KickoffPermission${secretNames.digestOf(arn)}`, 'RotationStateMachine', ...way],
        Properties: {
          SecretId: arn,
          RotationLambdaARN: { 'Fn::GetAtt': ['KickoffLambdaFunction', 'Arn'] },
          RotationRules: { AutomaticallyAfterDays: days },
          RotateImmediatelyOnUpdate: now,
        },
      },
    ]),
  );
}

module.exports = { rotationSchedules, managedRotations };
