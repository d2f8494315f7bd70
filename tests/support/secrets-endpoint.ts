import {
  startSecretsManager,
  type SecretsManagerOptions,
  type SecretsManagerServer,
} from '../../local/aws/secrets-manager/server';

type Listener = NonNullable<SecretsManagerOptions['onCall']>;

let secretsManager: Promise<SecretsManagerServer> | undefined;
let onCall: Listener | undefined;

/** One endpoint per test file: the handlers make their client once, as in a Lambda's container. */
export function startedSecretsManager(): Promise<SecretsManagerServer> {
  secretsManager ??= startSecretsManager({ onCall: intercepted });
  return secretsManager;
}

/** What every call passes first. */
export function interceptWith(listener: Listener | undefined): void {
  onCall = listener;
}

/** For an endpoint that is started elsewhere: what `World.intercept` was given. */
export const intercepted: Listener = (call) => onCall?.(call);

/** Makes the worlds of a test file in another endpoint, which whoever started it ends. */
export function useSecretsManager(started: Promise<SecretsManagerServer>): void {
  secretsManager = started;
}

/** To be called once in a test file that makes worlds. */
export function endSecretsManagerAfterAll(): void {
  afterAll(async () => {
    await (await secretsManager)?.close();
  });
}
