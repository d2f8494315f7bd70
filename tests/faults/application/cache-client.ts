import type { Connection } from 'mysql2/promise';
import type { CacheRule } from './cache-rules';

/** What a client meets at a moment of simulated time. */
export interface Surroundings<Credential> {
  now: number;
  /** Reads AWSCURRENT. */
  read: () => Promise<Credential>;
  /** Whether this credential logs in, and may do what it should. */
  accepts: (credential: Credential) => Promise<boolean>;
  /** Opens a session that is kept; `undefined` when the login is refused. */
  open: (credential: Credential) => Promise<Connection | undefined>;
  /** Whether a session that was kept may still do what it should. */
  works: (session: Connection) => Promise<boolean>;
}

/** An application with a clock of its own, simulated. */
export class CacheClient<Credential> {
  uses = 0;
  failed = 0;
  private cached: { credential: Credential; readAt: number } | undefined;
  private session: { connection: Connection; openedAt: number } | undefined;

  /** @param startsAt when it makes its first use */
  constructor(
    readonly rule: CacheRule,
    readonly startsAt: number,
  ) {}

  async use(surroundings: Surroundings<Credential>): Promise<void> {
    if (surroundings.now < this.startsAt) return;
    this.uses += 1;
    const isServed =
      this.rule.sessionFor === 0 ? await this.logIn(surroundings) : await this.useSession(surroundings);
    if (!isServed) this.failed += 1;
  }

  close(): void {
    this.session?.connection.destroy();
  }

  private async credential({ now, read }: Surroundings<Credential>): Promise<Credential> {
    if (this.cached === undefined || now - this.cached.readAt >= this.rule.cacheFor) {
      this.cached = { credential: await read(), readAt: now };
    }
    return this.cached.credential;
  }

  private async logIn(surroundings: Surroundings<Credential>): Promise<boolean> {
    if (await surroundings.accepts(await this.credential(surroundings))) return true;
    if (!this.rule.reReads) return false;
    this.cached = undefined;
    return surroundings.accepts(await this.credential(surroundings));
  }

  private async useSession(surroundings: Surroundings<Credential>): Promise<boolean> {
    const { now, open, works } = surroundings;
    if (this.session === undefined || now - this.session.openedAt >= this.rule.sessionFor) {
      this.close();
      const connection = await open(await this.credential(surroundings));
      this.session = connection && { connection, openedAt: now };
    }
    return this.session !== undefined && works(this.session.connection);
  }
}
