import { refusal } from './errors';

export interface Account {
  readonly region: string;
  readonly accountId: string;
}

export function stateMachineArn({ region, accountId }: Account, name: string): string {
  return `arn:aws:states:${region}:${accountId}:stateMachine:${name}`;
}

export function executionArn(machineArn: string, name: string): string {
  return `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
}

const STATES_ARN = /^arn:aws[a-z-]*:states:[a-z0-9-]+:\d{12}:(?<kind>\w+):./;

/** @throws InvalidArn, which AWS tells apart from a well-formed ARN of something that is not there. */
export function requireArn(kind: 'stateMachine' | 'execution', arn: string): void {
  const found = STATES_ARN.exec(arn)?.groups?.['kind'];
  if (found === undefined) throw refusal('InvalidArn', `Invalid Arn: 'Invalid ARN prefix: ${arn}'`);
  if (found !== kind) {
    throw refusal('InvalidArn', `Invalid Arn: 'Resource type not valid in this context: ${found}'`);
  }
}
