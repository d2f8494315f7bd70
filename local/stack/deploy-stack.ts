import { withUnpackedService } from '../lambda/unpack-service';
import type { StackAccount } from './account';
import { deployFunctions } from './deploy-functions';
import type { DeployedMachine, DeployedStack, StackSettings } from './deployed-stack';
import { resolveIntrinsics, type Names } from './intrinsics';
import { physicalNames } from './physical-names';
import { readTemplate, resourcesOf, type Template } from './template';

/**
 * Deploys a packaged template into an account that exists on this machine only: functions by their names, from their
 * bundles, and the definitions of state machines as CloudFormation would hand them over. Lends it while `use` runs.
 * @param packageDirectory what `serverless package` wrote, usually `.serverless`
 * @throws {Error} when there is no packaging, a bundle is missing in it, or the template cannot be computed
 */
export async function withDeployedStack<Result>(
  packageDirectory: string,
  { account, settings }: { account: StackAccount; settings: StackSettings },
  use: (stack: DeployedStack) => Promise<Result>,
): Promise<Result> {
  const template = await readTemplate(packageDirectory);
  const names = physicalNames(template, account);
  return withUnpackedService(packageDirectory, (unpacked) =>
    use({
      functions: deployFunctions(template, names, unpacked, settings),
      machines: deployMachines(template, names),
    }),
  );
}

function deployMachines(template: Template, names: Names): DeployedMachine[] {
  return resourcesOf(template, 'AWS::StepFunctions::StateMachine').map(
    ([logicalId, { Properties: { DefinitionString, RoleArn } = {} }]) => {
      const definition = resolveIntrinsics(DefinitionString, names);
      const roleArn = resolveIntrinsics(RoleArn, names);
      if (typeof definition !== 'string' || typeof roleArn !== 'string') {
        throw new Error(`${logicalId} has no DefinitionString or no RoleArn`);
      }
      const arn = names.attribute(logicalId, 'Arn');
      return { name: names.attribute(logicalId, 'Name'), arn, logicalId, roleArn, definition };
    },
  );
}
