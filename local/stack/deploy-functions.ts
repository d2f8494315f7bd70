import { packagedProcess } from '../lambda/packaged-process';
import { withReservedConcurrency } from '../lambda/reserved-concurrency';
import type { UnpackedFunction } from '../lambda/unpack-service';
import type { DeployedFunction, StackSettings } from './deployed-stack';
import { resolveIntrinsics, type Names } from './intrinsics';
import { resourcesOf, type Template } from './template';

/** Lambda's own default, in MB. */
const DEFAULT_MEMORY_MB = 128;

interface FunctionProperties {
  Runtime: string;
  MemorySize?: number;
  /** A number, or what stands for one or for nothing. */
  ReservedConcurrentExecutions?: unknown;
  Environment?: { Variables?: Record<string, unknown> };
}

/** Makes every AWS::Lambda::Function of the template callable under its name. */
export function deployFunctions(
  template: Template,
  names: Names,
  unpacked: Readonly<Record<string, UnpackedFunction>>,
  settings: StackSettings,
): DeployedFunction[] {
  const byLogicalId = new Map(Object.values(unpacked).map((packaged) => [packaged.logicalId, packaged]));
  return resourcesOf(template, 'AWS::Lambda::Function').map(([logicalId, { Properties }]) => {
    const packaged = byLogicalId.get(logicalId);
    if (packaged === undefined) throw new Error(`${logicalId} was not unpacked`);
    const { Runtime, MemorySize, ReservedConcurrentExecutions, Environment } =
      Properties as unknown as FunctionProperties;
    if (!Runtime.startsWith('nodejs')) throw new Error(`${logicalId}: ${Runtime} cannot be run here`);
    const name = names.ref(logicalId) ?? logicalId;
    const memoryMb = MemorySize ?? DEFAULT_MEMORY_MB;
    const concurrency = resolveIntrinsics(ReservedConcurrentExecutions, names) as number | undefined;
    const variables = Environment?.Variables ?? {};
    const own = { AWS_LAMBDA_FUNCTION_NAME: name, AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb) };
    return {
      name,
      arn: names.attribute(logicalId, 'Arn'),
      key: packaged.name,
      logicalId,
      memoryMb,
      invoke: withReservedConcurrency(concurrency, async (event) => {
        const { onLog, onUsage } = settings;
        const given = variablesOf(variables, names, settings.parameters());
        const invoke = packagedProcess(packaged, {
          environment: { ...given, ...(await settings.runtime()), ...own },
          ...(onLog && { onLog }),
          ...(onUsage && {
            onUsage: (usage) => {
              onUsage(packaged.name, usage);
            },
          }),
        });
        return invoke(event);
      }),
    };
  });
}

/** What the template computes is the stack's own. What it spells out was a parameter, and may be another here. */
function variablesOf(
  variables: Readonly<Record<string, unknown>>,
  names: Names,
  parameters: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const resolved = Object.entries(variables).map(([name, value]) => {
    const isParameter = typeof value !== 'object';
    return [name, (isParameter ? parameters[name] : undefined) ?? resolveIntrinsics(value, names)] as const;
  });
  const texts = resolved.map(([name, value]) => [name, typeof value === 'number' ? String(value) : value]);
  return Object.fromEntries(texts.filter(([, value]) => typeof value === 'string')) as Record<string, string>;
}
