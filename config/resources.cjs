// @ts-check
/** Which files of resources/ a deployment consists of, and the resources of which there is one for each item of a list. */
const ingress = require('./endpoint-ingress.cjs');
const network = require('./network.cjs');
const parametersOf = require('./read-parameters.cjs');
const permissions = require('./kickoff-permissions.cjs');
const schedules = require('./rotation-schedules.cjs');

const ALWAYS = [
  'roles/kickoff',
  'roles/preflight',
  'roles/create-secret',
  'roles/set-secret',
  'roles/test-secret',
  'roles/finish-secret',
  'roles/report-outcome',
  'roles/report-age',
  'roles/state-machine',
  'state-machine-log',
  'notice-topic',
  'dead-letter-queue',
  'outcome-rule',
  'schedule-group',
  'age-schedule',
  'alarms',
  'outputs',
];

/** @param {import('./parameters.cjs').Parameters} parameters */
function chosenFiles(parameters) {
  const {
    VPC_SUBNET_IDS: subnets,
    VPC_SECURITY_GROUP_IDS: givenGroups,
    SECRETS_MANAGER_ENDPOINT,
  } = parameters;
  const makesGroup = subnets.length > 0 && givenGroups.length === 0;
  return [
    ...ALWAYS,
    ...(makesGroup ? ['lambda-security-group'] : []),
    ...(makesGroup && SECRETS_MANAGER_ENDPOINT === 'existing' ? ['existing-endpoint-ingress'] : []),
    ...(SECRETS_MANAGER_ENDPOINT === 'create' ? ['secrets-manager-endpoint'] : []),
    ...(parameters.ROTATION_OWNER === 'schedule' ? ['roles/rotation-schedules'] : []),
    ...(parameters.ALARM_EMAIL === undefined ? [] : ['email-subscription']),
    ...(parameters.KMS_KEY_ARN === undefined ? [] : ['encryption']),
  ];
}

/**
 * What must be there before a rotation can succeed, among the files above.
 * @param {string[]} files
 */
const wayOf = (files) => [
  ...(files.includes('lambda-security-group') ? ['DatabaseIngress'] : []),
  ...(files.includes('existing-endpoint-ingress') ? ['EndpointIngress'] : []),
  ...(files.includes('secrets-manager-endpoint') ? ['SecretsManagerEndpoint'] : []),
];

/**
 * @param {import('./parameters.cjs').Parameters} parameters
 * @param {string[]} files
 */
function listedResources(parameters, files) {
  const { ROTATION_OWNER: owner, APP_SECRET_ARNS: secrets, ENDPOINT_CLIENT_CIDRS: clients } = parameters;
  const makesEndpoint = parameters.SECRETS_MANAGER_ENDPOINT === 'create';
  const ingresses = makesEndpoint ? ingress.endpointIngress(network.lambdaGroups(parameters), clients) : {};
  const way = [...wayOf(files), ...Object.keys(ingresses)];
  // Secrets that a schedule rotates are none of Secrets Manager's to rotate: one owner per secret.
  if (owner === 'schedule') return { ...ingresses, ...schedules.rotationSchedules(parameters, way) };
  return {
    ...ingresses,
    ...permissions.kickoffPermissions(secrets),
    ...(owner === 'secrets-manager' ? schedules.managedRotations(parameters, way) : {}),
  };
}

/**
 * Called by the framework, which reads the files and puts everything into one template.
 * @param {{ resolveVariable: (address: string) => Promise<string> }} framework
 */
module.exports = async ({ resolveVariable }) => {
  const stage = await resolveVariable('sls:stage');
  const region = await resolveVariable('self:provider.region');
  const { parameters } = parametersOf.readParameters(stage, region);
  const files = chosenFiles(parameters);
  const contents = files.map((name) => `\${file(resources/${name}.yml)}`);
  return [...contents, { Resources: listedResources(parameters, files) }];
};
