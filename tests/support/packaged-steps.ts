import type { Invoke } from '../../local/lambda/in-process';
import { withPackagedService } from '../../local/lambda/package-service';
import { packagedProcess, type PackagedFunction } from '../../local/lambda/packaged-process';
import { withUnpackedService } from '../../local/lambda/unpack-service';
import { steps } from '../../local/steps';

type Functions = Record<string, PackagedFunction>;

/** What a packaged step may see of this process's environment: what a deployment would give it. */
const DEPLOYED = /^(AWS_|APP_USER_|MASTER_SECRET_ARN$|DB_|ALLOW_|PASSWORD_LENGTH$|USERNAME_SUFFIX$)/;

function environment(): Record<string, string> {
  const given = Object.entries(process.env).filter(
    (entry): entry is [string, string] => DEPLOYED.test(entry[0]) && entry[1] !== undefined,
  );
  return { ...Object.fromEntries(given), POWERTOOLS_LOG_LEVEL: 'DEBUG' };
}

/**
 * Packages the service for the tests of a file. To be called once, at its top.
 * @returns makes the handlers: each call runs in a process of its own, from the bundle that would be deployed.
 */
export function packagedSteps(): (onLog: (text: string) => void) => Record<string, Invoke> {
  const ready = Promise.withResolvers<Functions>();
  const done = Promise.withResolvers<undefined>();
  let lent: Promise<void>;
  let functions: Functions = {};

  beforeAll(async () => {
    lent = withPackagedService({}, (directory) =>
      withUnpackedService(directory, async (unpacked) => {
        ready.resolve(unpacked);
        await done.promise;
      }),
    );
    lent.catch(ready.reject);
    functions = await ready.promise;
  });

  afterAll(async () => {
    done.resolve(undefined);
    await lent;
  });

  return (onLog) =>
    Object.fromEntries(
      Object.values(functions)
        .map((packaged): [string, PackagedFunction] => [
          packaged.name.charAt(0).toUpperCase() + packaged.name.slice(1),
          packaged,
        ])
        .filter(([state]) => state in steps) // no state calls the others
        .map(([state, packaged]) => [
          state,
          (event) => packagedProcess(packaged, { environment: environment(), onLog })(event),
        ]),
    );
}
