import type { StandbyReport } from '../../lib/databases/engine';
import { describeUser, differencesBetween, exactRows, hashesOf, isLocked } from './compare';
import { nextPassword, ShapePair } from './pair';
import { nothingLeft, tooMuch } from './drift';
import type { Shape } from './shape';
import type { ShapeServer } from './shape-server';
import { accountStatements } from './statements';

const MOST_STATEMENTS = 100;

/** `thorough` also stops a rotation after each of its statements, which takes most of the time. */
export type Depth = 'brief' | 'thorough';

/** One shape on one server: what is found wrong is gathered, each with the step at which it was found. */
class Examination {
  readonly problems: string[] = [];
  private readonly pair: ShapePair;
  private untouched = '';
  private password = '';

  constructor(
    private readonly server: ShapeServer,
    private readonly shape: Shape,
    private readonly depth: Depth,
  ) {
    this.pair = new ShapePair(server, shape);
  }

  private note(step: string, ...problems: string[]): void {
    this.problems.push(...problems.map((problem) => `${step}: ${problem}`));
  }

  async run(): Promise<void> {
    const { pair, shape } = this;
    try {
      await pair.make();
      if (shape.refused !== undefined) {
        await this.requireRefusal(shape.refused);
        return;
      }
      const original = await describeUser(this.server, pair.users[0]);
      this.untouched = await exactRows(this.server, pair.users[0]);
      if (shape.standby !== undefined) await this.server.run(...shape.standby(pair.standbyNames));
      this.password = pair.firstStandbyPassword;
      if (shape.standby !== undefined) await this.stopEverywhere();
      await this.rotate('first rotation');
      await this.repeat();
      await this.server.run(...tooMuch(pair.standbyNames));
      await this.rotate('after too much was given');
      await this.server.run(...nothingLeft(pair.standbyNames));
      await this.stopEverywhere();
      await this.rotate('after everything was taken');
      await this.stopFromNothing();
      await this.rotateBack(original);
    } catch (error) {
      this.note('failed', (error as Error).stack ?? String(error));
    } finally {
      await pair.drop();
    }
  }

  /** What cannot be mirrored is refused, and nobody gets in. */
  private async requireRefusal(expected: RegExp): Promise<void> {
    this.untouched = await exactRows(this.server, this.pair.users[0]);
    const reason = await this.pair.clone(nextPassword()).then(() => 'it was mirrored', String);
    if (!expected.test(reason)) this.note('refusal', reason);
    if (!(await isLocked(this.server, this.pair.users[1])))
      this.note('refusal', 'the standby lets somebody in');
    await this.requireUntouched('refusal');
  }

  /** A rotation with a new password, and every proof that it did what it should. */
  private async rotate(step: string): Promise<void> {
    const password = nextPassword();
    const report = await this.pair.clone(password);
    this.password = password;
    if (!report.changed) this.note(step, 'nothing was changed');
    this.requireReported(step, report);
    await this.requireEqual(step);
    await this.requireLogin(step, report);
    await this.requireUntouched(step);
  }

  private requireReported(step: string, { skipped }: StandbyReport): void {
    const expected = this.shape.skipped?.(this.pair.names) ?? [];
    if (JSON.stringify(skipped) !== JSON.stringify(expected)) {
      this.note(step, `skipped ${JSON.stringify(skipped)}, expected ${JSON.stringify(expected)}`);
    }
  }

  private unexpected(differences: readonly string[]): string[] {
    return differences.filter((difference) => this.shape.lost?.test(difference) !== true);
  }

  /** Before and after the server reads its grant tables anew: memory and disk can differ. */
  private async requireEqual(step: string): Promise<void> {
    this.note(step, ...this.unexpected(await this.pair.differences()));
    await this.server.run('FLUSH PRIVILEGES');
    this.note(`${step}, read from disk`, ...this.unexpected(await this.pair.differences()));
    if (await isLocked(this.server, this.pair.users[1])) this.note(step, 'the standby is locked');
  }

  private async requireLogin(step: string, { rightsDigests }: StandbyReport): Promise<void> {
    if (this.shape.logsIn === false) return;
    const { account, rightsDigest } = await this.pair.inspect(this.pair.users[1], this.password);
    if (rightsDigests[account.host] !== rightsDigest) this.note(step, 'the standby sees other rights');
  }

  private async requireUntouched(step: string): Promise<void> {
    const [current] = this.pair.users;
    if ((await exactRows(this.server, current)) !== this.untouched)
      this.note(step, 'the current user was touched');
    if (this.shape.logsIn === false || this.shape.currentLogsIn === false) return;
    await this.pair.inspect(current, this.pair.firstPassword);
  }

  private async repeat(): Promise<void> {
    const before = await exactRows(this.server, this.pair.users[1]);
    const statements = await accountStatements(this.server.address.port, async () => {
      const { changed } = await this.pair.clone(this.password);
      if (changed) this.note('repeated', 'changed again');
    });
    // What a right is on may be there again, so it is tried again; the server refuses it, and nothing changes.
    const isTried = (sql: string) => this.shape.lost !== undefined && /^(GRANT|SET DEFAULT ROLE) /.test(sql);
    this.note('repeated', ...statements.filter((sql) => !isTried(sql)));
    if ((await exactRows(this.server, this.pair.users[1])) !== before)
      this.note('repeated', 'another standby');
  }

  /** A standby that exists keeps its old password, or is locked, until the very last statement. */
  private async requireDark(step: string, hashes: string): Promise<void> {
    const [, standby] = this.pair.users;
    if ((await hashesOf(this.server, standby)) !== hashes && !(await isLocked(this.server, standby))) {
      this.note(step, 'the standby lets somebody in before it is ready');
    }
    await this.requireUntouched(step);
  }

  /** The process ends after each statement, one per attempt, until there is none left. */
  private async stopEverywhere(): Promise<void> {
    if (this.depth === 'brief') return;
    const password = nextPassword();
    const hashes = await hashesOf(this.server, this.pair.users[1]);
    for (let attempt = 1; !(await this.pair.cloneStopped(password, 1)); attempt += 1) {
      if (attempt > MOST_STATEMENTS) throw new Error('no end after so many attempts');
      await this.requireDark(`stopped at attempt ${attempt}`, hashes);
    }
    this.password = password;
    await this.requireEqual('stopped after every statement');
  }

  /** From no standby at all: stopped after the first n statements, then carried on at once. */
  private async stopFromNothing(): Promise<void> {
    if (this.depth === 'brief') return;
    for (let count = 1; ; count += 1) {
      await this.server.dropUser(this.pair.users[1]);
      const [interrupted, password] = [nextPassword(), nextPassword()];
      if (await this.pair.cloneStopped(interrupted, count)) break;
      await this.requireDark(`stopped after ${count}`, '');
      await this.pair.clone(password);
      this.password = password;
      await this.requireEqual(`carried on after ${count}`);
    }
  }

  /** The standby becomes the current user, and the other must come back as it was at first. */
  private async rotateBack(original: readonly string[]): Promise<void> {
    const [current, standby] = this.pair.users;
    const password = nextPassword();
    await this.pair.clone(password, [standby, current]);
    this.note('rotated back', ...this.unexpected(await this.pair.differences()));
    const now = await describeUser(this.server, current);
    this.note('rotated back', ...this.unexpected(differencesBetween(original, now)));
    if (this.shape.logsIn !== false) await this.pair.inspect(current, password);
  }
}

/** @returns what is wrong; nothing when a server mirrors the shape in every respect */
export async function examine(server: ShapeServer, shape: Shape, depth: Depth): Promise<string[]> {
  const examination = new Examination(server, shape, depth);
  await examination.run();
  return examination.problems;
}
