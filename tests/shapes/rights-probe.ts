import type { StandbyReport } from '../../lib/databases/engine';
import { cloneUser } from '../../local/clone-user';
import { describeUser, differencesBetween, exactRows } from './compare';
import { nextPassword } from './pair';
import { literal, quoteAt } from './shape';
import type { ShapeServer } from './shape-server';

let counter = 0;

/** A master of its own, an application's user, and its standby. */
export class RightsProbe {
  readonly current: string;
  readonly standby: string;
  private readonly master: string;
  private readonly masterPassword = nextPassword();

  constructor(private readonly server: ShapeServer) {
    counter += 1;
    const prefix = `${server.fixture.prefix}l${counter.toString(36)}`;
    [this.current, this.standby, this.master] = [`${prefix}a`, `${prefix}b`, `${prefix}m`];
  }

  /** Makes the master and a user. */
  async make(): Promise<void> {
    await this.server.run(
      `CREATE USER ${quoteAt(this.master, '%')} IDENTIFIED BY ${literal(this.masterPassword)}`,
      `CREATE USER ${quoteAt(this.current, '%')} IDENTIFIED BY ${literal(nextPassword())}`,
    );
  }

  /** The administrator gives something to the master, the current user or, as `@STANDBY`, to its standby. */
  async give(statements: readonly string[]): Promise<void> {
    const named = statements.map((sql) =>
      sql
        .replaceAll('@MASTER', quoteAt(this.master, '%'))
        .replaceAll('@USER', quoteAt(this.current, '%'))
        .replaceAll('@STANDBY', quoteAt(this.standby, '%')),
    );
    await this.server.run(...named);
  }

  clone(allowMissing: readonly string[] = []): Promise<StandbyReport> {
    const { address } = this.server;
    return cloneUser(
      address,
      { username: this.master, password: this.masterPassword, tls: 'verified' },
      address.caBundlePath,
      {
        current: this.current,
        standby: this.standby,
        host: undefined,
        password: nextPassword(),
        allowMissing,
        planOnly: false,
      },
    );
  }

  async differences(): Promise<string[]> {
    return differencesBetween(
      await describeUser(this.server, this.current),
      await describeUser(this.server, this.standby),
    );
  }

  /** Both users, byte for byte. */
  async state(): Promise<string> {
    return (await exactRows(this.server, this.current)) + (await exactRows(this.server, this.standby));
  }

  async drop(): Promise<void> {
    for (const username of [this.current, this.standby, this.master]) await this.server.dropUser(username);
  }
}
