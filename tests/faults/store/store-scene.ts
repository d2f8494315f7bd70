import { randomUUID } from 'node:crypto';
import { World } from '../../support/world';
import { rotateObserved, type Rotation } from '../server/observed-rotation';
import { photograph } from './photograph';
import type { Past, React, StoreLine, StoreRequest } from './store-line';

/** A call of a rotation, the same in every rotation of a kind, whatever runs beside it. */
export interface StoreCall {
  /** The state that makes it. */
  task: string;
  request: StoreRequest;
  /** Such as `SetSecret/GetSecretValue-master-AWSCURRENT`; the second of that name ends in `-2`. */
  name: string;
}

/** Answers a call; undefined: as if nothing were wrong. */
export type OnCall = (call: StoreCall) => React | undefined;

/** A secret that is rotated over a line on which Secrets Manager can be made to answer wrongly. */
export class StoreScene {
  /** By ARN: each secret as it was before it was last written. */
  readonly photographs = new Map<string, Past>();

  private constructor(
    readonly world: World,
    private readonly line: StoreLine,
  ) {
    this.listen(() => undefined);
  }

  /** @param line one for the whole process: the handlers make their client once, as in a Lambda's container */
  static async make(line: StoreLine, isFirstRotation: boolean): Promise<StoreScene> {
    const world = await World.make({ environment: { AWS_ENDPOINT_URL_SECRETS_MANAGER: line.url } });
    const scene = new StoreScene(world, line);
    if (isFirstRotation) return scene;
    const { status, error } = await world.rotate();
    if (status !== 'SUCCEEDED') throw new Error(`a rotation without a fault failed: ${error}`);
    return scene;
  }

  async rotate(onCall: OnCall, onFailure: () => void = () => undefined): Promise<Rotation> {
    const counts = new Map<string, number>();
    let task = '';
    this.listen((request) => {
      const kind = `${task}/${this.nameOf(request)}`;
      const count = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, count);
      return onCall({ task, request, name: count === 1 ? kind : `${kind}-${count}` });
    });
    try {
      return await rotateObserved(this.world, { beforeAttempt: (name) => void (task = name), onFailure });
    } finally {
      this.listen(() => undefined);
    }
  }

  /** Gives the master a new password, and keeps a photograph of its secret with the old one. */
  async changeMaster(): Promise<void> {
    const { world } = this;
    const { client, masterArn, master, admin } = world;
    this.photographs.set(masterArn, await photograph(client, masterArn));
    const password = randomUUID();
    const secret = await world.secret('AWSCURRENT', masterArn);
    await admin.run(`ALTER USER '${master.username}' IDENTIFIED BY '${password}'`);
    world.secrets.seed.version(masterArn, {
      versionId: randomUUID(),
      value: JSON.stringify({ ...secret, password }),
      stages: ['AWSCURRENT'],
    });
  }

  close(): Promise<void> {
    return this.world.close();
  }

  private listen(reaction: (request: StoreRequest) => React | undefined): void {
    this.line.react = async (request, forward) => {
      const past = this.photographs.get(String(request.body['SecretId']));
      const react = reaction({ ...request, past });
      const keepAndForward = async () => {
        if (/^(Put|Update)/.test(request.operation)) await this.keepPhotograph(request);
        return forward();
      };
      return react === undefined ? keepAndForward() : react({ ...request, past }, keepAndForward);
    };
  }

  private async keepPhotograph({ body }: StoreRequest): Promise<void> {
    const arn = String(body['SecretId']);
    this.photographs.set(arn, await photograph(this.world.client, arn));
  }

  private nameOf({ operation, body }: StoreRequest): string {
    const of = body['SecretId'] === this.world.masterArn ? '-master' : '';
    const stage = typeof body['VersionStage'] === 'string' ? `-${body['VersionStage']}` : '';
    return `${operation}${of}${stage}`;
  }
}
