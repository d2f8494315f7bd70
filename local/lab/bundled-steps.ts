import { resolve } from 'node:path';
import { tasksOf } from '../state-machine/states';
import { loadDefinition } from '../state-machine/load-definition';
import type { Invoke } from '../lambda/in-process';
import { withPackagedService } from '../lambda/package-service';
import { packagedProcess, type PackagedFunction } from '../lambda/packaged-process';
import { withUnpackedService } from '../lambda/unpack-service';

/** What a deployment gives to its functions, and what the SDK reads by itself (HOME: where its profiles are). */
const FUNCTION_SETTING =
  /^(AWS_|HOME$|MASTER_SECRET_ARN$|APP_USER_|USERNAME_SUFFIX$|PASSWORD_LENGTH$|EXCLUDE_CHARACTERS$|DB_|ALLOW_)/;

function functionEnvironment(isVerbose: boolean): Record<string, string> {
  const settings = Object.entries(process.env).filter(([name]) => FUNCTION_SETTING.test(name));
  const environment = Object.fromEntries(settings) as Record<string, string>;
  const caBundle = environment['DB_CA_BUNDLE_PATH'] ?? '';
  return {
    ...environment,
    POWERTOOLS_LOG_LEVEL: isVerbose ? 'INFO' : 'SILENT',
    // A function starts in its own folder, not in this one.
    ...(caBundle === '' ? {} : { DB_CA_BUNDLE_PATH: resolve(caBundle) }),
  };
}

/**
 * Packages the service, and lends its functions as handlers by the state that calls each: every call runs in a
 * process of its own from the bundle that would be deployed.
 */
export function withBundledSteps<Result>(
  { verbose }: { verbose: boolean },
  use: (handlers: Record<string, Invoke>) => Promise<Result>,
): Promise<Result> {
  const environment = functionEnvironment(verbose);
  return withPackagedService({}, (directory) =>
    withUnpackedService(directory, (functions) => {
      const handlers = [...tasksOf(loadDefinition()).keys()].map((state): [string, Invoke] => [
        state,
        packagedProcess(functionOf(state, functions), { environment }),
      ]);
      return use(Object.fromEntries(handlers));
    }),
  );
}

/** The state `SetSecret` calls the function `setSecret`. */
function functionOf(state: string, functions: Record<string, PackagedFunction>): PackagedFunction {
  const name = state.charAt(0).toLowerCase() + state.slice(1);
  const packaged = functions[name];
  if (packaged === undefined)
    throw new Error(`serverless.yml has no function ${name} for the state ${state}`);
  return packaged;
}
