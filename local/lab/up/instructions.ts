import pc from 'picocolors';
import { LAB_PORTS } from '../lab-ports';
import type { LabDocument } from './lab-document';

/** What to type in another terminal, with the AWS CLI and without. */
export function instructions({ urls, region, bundled, arns, names, server }: LabDocument): string {
  const [first, second] = names.appUsers;
  const secretsManager = `aws --endpoint-url ${urls.secretsManager} secretsmanager`;
  const stepFunctions = `aws --endpoint-url ${urls.stepFunctions} stepfunctions`;
  const ownSecrets = own('secretsManager', urls.secretsManager);
  const ownStates = own('stepFunctions', urls.stepFunctions);
  // Without it, the lab's own commands take the machine of the sources.
  const ownMachine = bundled ? `${ownStates} --state-machine-arn ${arns.stateMachine}` : ownStates;
  const input = JSON.stringify({ secretId: names.app, owner: 'schedule' });
  return [
    pc.bold('Secrets and users'),
    `  secret ${names.app} names ${first} (the other is ${second}) on ${names.database}`,
    `  secret ${names.master} names ${names.masterUser}; ${server.product} ${server.version} at ${server.host}:${server.port}`,
    '',
    pc.bold('With the AWS CLI'),
    `  export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=${region}`,
    `  ${stepFunctions} start-execution --state-machine-arn ${arns.stateMachine} --input '${input}'`,
    `  ${secretsManager} rotate-secret --secret-id ${names.app} --rotation-lambda-arn ${arns.kickoff} --rotation-rules AutomaticallyAfterDays=30`,
    `  ${stepFunctions} list-executions --state-machine-arn ${arns.stateMachine}`,
    `  ${stepFunctions} describe-execution --execution-arn …`,
    `  ${stepFunctions} redrive-execution --execution-arn …`,
    `  ${secretsManager} get-secret-value --secret-id ${names.app}`,
    `  aws --endpoint-url ${urls.cloudTrail} cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=RotationSucceeded`,
    '',
    pc.bold('Without it'),
    `  npm run -s lab -- start-execution --secret-id ${names.app}${ownMachine}`,
    `  npm run -s lab -- rotate-secret --secret-id ${names.app} --rotation-lambda-arn ${arns.kickoff}${ownSecrets}`,
    `  npm run -s lab -- history${ownMachine}`,
    `  npm run -s lab -- redrive --execution-arn …${ownStates}`,
    '',
    pc.dim(
      `Once rotate-secret has been used, ${names.app} is Secrets Manager's to rotate, not a schedule's.`,
    ),
    pc.dim('Ctrl-C ends the lab and leaves nothing.'),
  ].join('\n');
}

/** The lab's own commands know where it listens by default. */
function own(name: keyof typeof LAB_PORTS, url: string): string {
  return url.endsWith(`:${LAB_PORTS[name]}`) ? '' : ` --endpoint-url ${url}`;
}
