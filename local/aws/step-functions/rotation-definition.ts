import type { Tunables } from '../../../config/tunables.cjs';
import { loadDefinition } from '../../state-machine/load-definition';

/**
 * statemachine/rotation.asl.yml as the JSON text that a deployment hands to CreateStateMachine.
 * @param functionArns by the functions' keys in serverless.yml, such as `setSecret`
 * @param tunables by default those of this process's environment
 */
export function rotationDefinition(
  functionArns: Readonly<Record<string, string>>,
  tunables?: Tunables,
): string {
  const arnOf = (name: string): string => {
    const arn = functionArns[name];
    if (arn === undefined) throw new Error(`No ARN for the function ${name}`);
    return arn;
  };
  return JSON.stringify(loadDefinition(tunables, arnOf));
}
