import { isDeepStrictEqual } from 'node:util';
import type { StateMachineDefinition } from 'aws-local-stepfunctions';
import { isObject, subOf } from './template/intrinsics';
import type { Deployment } from './template/resolve';

/** A state machine's definition, with each function's logical id where its ARN will be. */
export function definitionIn({ template }: Deployment, id: string): Record<string, unknown> {
  const found = template.Resources[id]?.Properties['DefinitionString'];
  const { text, values } = subOf(isObject(found) ? found['Fn::Sub'] : found);
  const named = text.replaceAll(/\$\{(\w+)\}/g, (_variable, name: string) => {
    const value = values[name];
    return isObject(value) ? String([value['Fn::GetAtt']].flat()[0]) : name;
  });
  return JSON.parse(named) as Record<string, unknown>;
}

/** Compares the definition that would be deployed with the file's, state by state. */
export function definitionFaults(
  deployment: Deployment,
  id: string,
  expected: Pick<StateMachineDefinition, 'StartAt'> & { States: object },
): string[] {
  const { States: foundStates, ...found } = definitionIn(deployment, id) as { States: object };
  const { States: expectedStates, ...rest } = JSON.parse(JSON.stringify(expected)) as { States: object };
  const states = new Set([...Object.keys(expectedStates), ...Object.keys(foundStates)]);
  const different = [...states].filter(
    (name) => !isDeepStrictEqual(Reflect.get(foundStates, name), Reflect.get(expectedStates, name)),
  );
  return [
    ...different.map((name) => `${id}: the state ${name} is not the one of the file`),
    ...(isDeepStrictEqual(found, rest) ? [] : [`${id}: what stands around the states is not as in the file`]),
  ];
}
