import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { refusal } from '../errors';
import type { Secret } from '../secret';
import type { SecretStore } from '../store';
import { holderOf, PENDING, removeStage, withoutVersion } from '../versions';
import { attemptRotation } from './attempt';
import { nextRotationDate } from './next-rotation';
import type { RotationEvent, RotationFunction, RotationFunctions } from './rotation-function';
import type { ServiceEvent, ServiceEventName } from './service-event';

/** How often a failed rotation is tried again, and after which pause. AWS publishes neither. */
export interface RotationRetries {
  readonly count: number;
  readonly delayMs: number;
  /** Between two steps of one attempt; none by default. AWS does not publish this either. */
  readonly stepDelayMs?: number;
}

interface RotationOptions {
  readonly functions: RotationFunctions;
  readonly retries: RotationRetries;
  readonly onEvent: (event: ServiceEvent) => void;
}

/**
 * What Secrets Manager does by itself once RotateSecret has answered. All there is to know about a rotation is in
 * its secret (`rotating`), read afresh before every step, so that whatever operation ends it ends it here too.
 */
export class Rotations {
  readonly #rotationTokens = new Map<string, string>();
  readonly #running = new Map<string, Promise<void>>();
  readonly #closing = new AbortController();

  constructor(
    readonly store: SecretStore,
    readonly now: () => Date,
    readonly options: RotationOptions,
  ) {}

  /**
   * AWS asks Lambda before it accepts a configuration, and tells no difference between a function that does not
   * exist and one that it may not call (answer recorded from AWS in LocalStack's test_rotate_secret_invalid_lambda_arn).
   */
  requireFunction(arn: string): RotationFunction {
    const found = this.options.functions[arn];
    if (found !== undefined) return found;
    throw refusal(
      'AccessDeniedException',
      'Secrets Manager cannot invoke the specified Lambda function. Ensure that the function policy grants access ' +
        'to the principal secretsmanager.amazonaws.com.',
    );
  }

  /** Begins the secret's rotation, or tries it again. Does nothing while it is being tried. */
  start({ arn, rotating }: Secret): void {
    if (rotating !== undefined) this.#run(arn, rotating, () => this.#rotate(arn, rotating));
  }

  /** Has the function test the version, and takes the version away again. */
  startTest({ arn }: Secret, versionId: string): void {
    this.#run(arn, versionId, () => this.#test(arn, versionId));
  }

  /** Who counts as the author of a value: the bearer of a rotation's token acts for its function. */
  authorOf({ arn, rotation }: Secret, accessKeyId?: string, rotationToken?: string): string | undefined {
    const isBearer = rotationToken !== undefined && rotationToken === this.#rotationTokens.get(arn);
    if (!isBearer || rotation?.lambdaArn === undefined) return accessKeyId;
    return this.options.functions[rotation.lambdaArn]?.accessKeyId;
  }

  announce(name: ServiceEventName, secretArn: string, versionId: string, error?: string): void {
    this.options.onEvent({ name, secretArn, versionId, ...(error !== undefined && { error }) });
  }

  /** Waits until no rotation is under way or about to be tried again. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running.values());
  }

  /** Calls no function any more; a call under way is not waited for. */
  close(): void {
    this.#closing.abort();
  }

  #run(arn: string, versionId: string, work: () => Promise<void>): void {
    const key = `${arn} ${versionId}`;
    if (this.#running.has(key)) return;
    // After the answer to RotateSecret; a failure here is one of the test's own, and stays for `settled` to tell.
    const running = delay(0).then(work);
    running.then(() => this.#running.delete(key)).catch(() => undefined);
    this.#running.set(key, running);
  }

  async #rotate(arn: string, versionId: string): Promise<void> {
    const { count, delayMs, stepDelayMs = 0 } = this.options.retries;
    for (let attempt = 0; attempt <= count; attempt += 1) {
      if (attempt > 0) await this.#pause(delayMs);
      const secret = this.#rotatingSecret(arn, versionId);
      if (secret?.rotation?.lambdaArn === undefined) return;
      this.announce('RotationStarted', arn, versionId);
      const functionArn = secret.rotation.lambdaArn;
      const failure = await attemptRotation({
        functionArn,
        rotationFunction: this.requireFunction(functionArn),
        event: this.#eventFor(arn, versionId),
        secret: () => this.#rotatingSecret(arn, versionId),
        betweenSteps: () => this.#pause(stepDelayMs),
      });
      const after = this.#rotatingSecret(arn, versionId);
      if (after === undefined) return;
      if (failure === undefined) {
        this.#complete(after, versionId);
        return;
      }
      this.announce('RotationFailed', arn, versionId, failure);
    }
  }

  /** Is over at once when the endpoint closes. */
  async #pause(milliseconds: number): Promise<void> {
    if (milliseconds === 0) return;
    await delay(milliseconds, undefined, { signal: this.#closing.signal }).catch(() => undefined);
  }

  /** The labels are Secrets Manager's to tidy up: no one else takes AWSPENDING off. */
  #complete(secret: Secret, versionId: string): void {
    const { versions, rotation = { enabled: true } } = secret;
    const isPending = holderOf(versions, PENDING)?.versionId === versionId;
    const lastRotatedDate = this.now();
    this.store.save({
      ...secret,
      versions: isPending ? removeStage(versions, PENDING) : versions,
      rotating: undefined,
      lastChangedDate: lastRotatedDate,
      rotation: {
        ...rotation,
        lastRotatedDate,
        nextRotationDate: nextRotationDate(rotation.rules, lastRotatedDate),
      },
    });
    this.announce('RotationSucceeded', secret.arn, versionId);
  }

  async #test(arn: string, versionId: string): Promise<void> {
    const lambdaArn = this.store.withArn(arn)?.rotation?.lambdaArn;
    if (lambdaArn === undefined || this.#closing.signal.aborted) return;
    this.announce('TestRotationStarted', arn, versionId);
    const event: RotationEvent = { Step: 'testSecret', ...this.#eventFor(arn, versionId) };
    const passed = await this.requireFunction(lambdaArn)
      .invoke(event)
      .then(
        () => true,
        () => false,
      );
    const secret = this.store.withArn(arn);
    if (secret !== undefined) {
      this.store.save({ ...secret, versions: withoutVersion(secret.versions, versionId) });
    }
    if (passed) this.announce('TestRotationSucceeded', arn, versionId);
    else {
      const error = `Error when executing lambda ${lambdaArn} during testSecret step`;
      this.announce('TestRotationFailed', arn, versionId, error);
    }
  }

  #eventFor(arn: string, versionId: string): Omit<RotationEvent, 'Step'> {
    const rotationToken = randomUUID();
    this.#rotationTokens.set(arn, rotationToken);
    return { SecretId: arn, ClientRequestToken: versionId, RotationToken: rotationToken };
  }

  #rotatingSecret(arn: string, versionId: string): Secret | undefined {
    const secret = this.store.withArn(arn);
    if (this.#closing.signal.aborted || secret?.deletedDate !== undefined) return undefined;
    return secret?.rotating === versionId ? secret : undefined;
  }
}
