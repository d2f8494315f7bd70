import { startFaultCloud } from '../harness/fault-cloud';
import type { FaultRun, PointReport } from '../kind';
import { CacheClient } from './cache-client';
import { cacheRules, type CacheRule } from './cache-rules';
import { INTERVAL, MOMENTS, PHASES, type Phase } from './clock';
import { CredentialsByAge, OLDEST, type Aged, type Answers } from './credentials-by-age';
import { runTimeline } from './timeline';

const WHOLE_INTERVALS = 24;
const BOUNDED_INTERVALS = 5;

/** Of a rule, one begins at each moment of the first three intervals, so that every phase of a cache is met. */
const STARTS = [1, 2, 3].flatMap((rotation) =>
  PHASES.flatMap((phase) => MOMENTS[phase].map((moment) => rotation * INTERVAL + moment)),
);

/** Each client of a pool keeps a session open on the server, which has not many. */
const POOL_SHARE = 6;

function clientsOf(rule: CacheRule): CacheClient<Aged>[] {
  const starts = rule.sessionFor === 0 ? STARTS : STARTS.filter((_, index) => index % POOL_SHARE === 0);
  return starts.map((start) => new CacheClient<Aged>(rule, start));
}

/** A version's password holds until SetSecret gives its user the next one but one. */
const isAccepted = (age: number, phase: Phase): boolean =>
  age === 0 || (age === 1 && phase !== 'after-set-secret');

const ageName = (age: number, phase: Phase): string => `secret-${age}-rotations-old/${phase}`;

/** Measures which cached secrets still log in, and which caching rules never meet one that does not. */
export async function tryCaches(run: FaultRun): Promise<void> {
  const ages = Array.from({ length: OLDEST + 1 }, (_, age) => age);
  const names = [
    ...cacheRules.map(({ name }) => name),
    ...ages.flatMap((age) => PHASES.map((phase) => ageName(age, phase))),
  ];
  if (!names.some((name) => run.wants(name))) return;
  const cloud = await startFaultCloud();
  const world = await cloud.makeWorld();
  const clients = cacheRules.flatMap(clientsOf);
  const credentials = new CredentialsByAge(world.database);
  try {
    await world.admin.run(`ALTER TABLE \`${world.database}\`.item MODIFY id INT AUTO_INCREMENT`);
    await runTimeline(
      { cloud, world, credentials, clients },
      run.isBounded ? BOUNDED_INTERVALS : WHOLE_INTERVALS,
    );
    for (const age of ages) {
      for (const phase of PHASES) {
        await run.point(ageName(age, phase), (report) => {
          judgeAge(credentials.of(age, phase), isAccepted(age, phase), report);
          return Promise.resolve();
        });
      }
    }
    for (const rule of cacheRules) {
      const own = clients.filter((client) => client.rule === rule);
      await run.point(rule.name, (report) => {
        judgeRule(rule, own, run, report);
        return Promise.resolve();
      });
    }
  } finally {
    for (const client of clients) client.close();
    await world.close();
    await cloud.close();
  }
}

function judgeAge({ accepted, refused }: Answers, isExpected: boolean, report: PointReport): void {
  if (accepted + refused === 0) report.broken('was never tried');
  if (isExpected) report.logins(accepted + refused, refused);
  else if (accepted > 0) report.broken(`${accepted} of ${accepted + refused} logins were accepted`);
}

function judgeRule(
  rule: CacheRule,
  clients: readonly CacheClient<Aged>[],
  run: FaultRun,
  report: PointReport,
): void {
  const uses = clients.reduce((sum, client) => sum + client.uses, 0);
  const failed = clients.reduce((sum, client) => sum + client.failed, 0);
  run.count('uses by simulated clocks', uses);
  if (uses === 0) report.broken('was never tried');
  if (rule.isSafe) {
    if (failed > 0) report.broken(`${failed} of ${uses} uses failed`);
    return;
  }
  run.count(`of 1000 uses failed, ${rule.name}`, Math.round((1000 * failed) / uses));
  if (failed === 0) report.broken('never failed, so the rule forbids too much or this was not measured');
}
