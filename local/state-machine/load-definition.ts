import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { StateMachineDefinition } from 'aws-local-stepfunctions';
import { readTunables, type Tunables } from '../../config/tunables.cjs';

const DEFINITION_FILE = join(__dirname, '../../statemachine/rotation.asl.yml');

/** The interpreter wants an ARN, and never calls it: each Task is answered by a handler of ours. */
const arnOfNoOne = (name: string): string => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;

interface Substitutes {
  tunables: Tunables;
  functionArn: (name: string) => string;
}

function tunable(token: string, tunables: Tunables): number {
  const name = /^\$\{self:custom\.tunables\.(\w+)\}$/.exec(token)?.[1];
  if (name === undefined || !Object.hasOwn(tunables, name)) {
    throw new Error(`${DEFINITION_FILE}: ${token} is not a number of config/tunables.cjs`);
  }
  return tunables[name as keyof Tunables];
}

/** Does what packaging does: puts the tunables in, and an ARN in place of a reference to a function. */
function substitute(value: unknown, by: Substitutes): unknown {
  if (typeof value === 'string') return value.startsWith('${') ? tunable(value, by.tunables) : value;
  if (Array.isArray(value)) return value.map((item) => substitute(item, by));
  if (typeof value !== 'object' || value === null) return value;
  if ('Fn::GetAtt' in value) return by.functionArn(String((value['Fn::GetAtt'] as unknown[])[0]));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, substitute(item, by)]));
}

/**
 * The state machine of statemachine/rotation.asl.yml, as it would be deployed with these tunables.
 * @param tunables by default those of this process's environment, as for a deployment
 * @param functionArn the ARN of a function by its key in serverless.yml; needed only by who reads it
 */
export function loadDefinition(
  tunables: Tunables = readTunables(process.env),
  functionArn: (name: string) => string = arnOfNoOne,
): StateMachineDefinition {
  const by = { tunables, functionArn };
  return substitute(parse(readFileSync(DEFINITION_FILE, 'utf8')), by) as StateMachineDefinition;
}
