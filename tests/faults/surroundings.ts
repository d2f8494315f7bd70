import { withPackagedService } from '../../local/lambda/package-service';
import { withUnpackedService } from '../../local/lambda/unpack-service';
import { startDatabaseServer } from '../../local/database/database-server';
import { SERVER_VARIABLE } from '../support/global-setup';

/** Where a process finds the packaged functions, as JSON: `PackagedFunction` by key of serverless.yml. */
export const FUNCTIONS_VARIABLE = 'STEPWISE_ROTATION_FAULT_FUNCTIONS';

type Environment = Record<string, string | undefined>;

/**
 * Lends the environment of the processes that make faults: a MySQL that they share, with users and databases of
 * their own, and the Lambdas as they are packaged.
 * @param packageDirectory what `npm run package` wrote, if that need not be done again
 */
export async function withSurroundings(
  packageDirectory: string | undefined,
  use: (environment: Environment) => Promise<void>,
): Promise<void> {
  const onProgress = (message: string): void => void process.stderr.write(`${message}\n`);
  const server = await startDatabaseServer({ onProgress });
  try {
    const packaged = async (useDirectory: (directory: string) => Promise<void>): Promise<void> => {
      if (packageDirectory !== undefined) return useDirectory(packageDirectory);
      onProgress('packaging the Lambdas');
      return withPackagedService({}, useDirectory);
    };
    await packaged((directory) =>
      withUnpackedService(directory, (functions) =>
        use({
          ...process.env,
          POWERTOOLS_LOG_LEVEL: 'SILENT',
          [SERVER_VARIABLE]: JSON.stringify(server),
          [FUNCTIONS_VARIABLE]: JSON.stringify(functions),
        }),
      ),
    );
  } finally {
    await server.stop();
  }
}
