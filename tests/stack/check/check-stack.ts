import type { Combination } from '../combinations';
import { COMBINATIONS } from '../combinations';
import { packageCombination } from '../package-combination';
import { checkDeployment, type DeploymentCheck } from './check-deployment';
import type { ObservedCall } from './permissions/observed-call';
import type { Progress } from './progress';
import { sourceFaults } from './source-faults';
import { stackReport, type StackReport } from './stack-report';

/** Packages each combination of parameters and runs every check on its template. */
export async function checkStack(
  combinations: readonly Combination[],
  calls: readonly ObservedCall[],
  progress: Progress,
): Promise<StackReport> {
  const checks: DeploymentCheck[] = [];
  for (const combination of combinations) {
    const check = async () => checkDeployment(combination, await packageCombination(combination), calls);
    checks.push(await progress.during(`packaging and checking: ${combination.name}`, check));
  }
  const isComplete = combinations.length === COMBINATIONS.length;
  return stackReport({ checks, sourceFaults: sourceFaults(), isComplete });
}
