/** A process that runs one kind of fault, or a part of one: its environment is its own, and so is its end. */
import type { FaultRun, Broken } from './kind';
import { kinds } from './kinds';
import type { Job, Message } from './messages';
import { randomnessOf } from './randomness';

function send(message: Message): void {
  process.send?.(message);
}

function runOf(job: Job): FaultRun {
  const { kind, part, seed, isBounded, only } = job;
  const wants = (point: string): boolean => point.startsWith(only);
  return {
    part,
    isBounded,
    random: randomnessOf(seed, `${kind}/${part}`),
    fork: (purpose) => randomnessOf(seed, `${kind}/${part}/${purpose}`),
    wants,
    count: (name, by = 1) => {
      send({ type: 'count', name, by });
    },
    point: async (name, act) => {
      if (!wants(name)) return;
      const broken: Broken[] = [];
      const logins = { tried: 0, failed: 0 };
      const say = (invariant: string): void => void broken.push({ kind, point: name, invariant });
      try {
        await act({
          broken: say,
          logins: (tried, failed) => {
            logins.tried += tried;
            logins.failed += failed;
          },
        });
      } catch (error) {
        say(error instanceof Error ? (error.stack ?? error.message) : String(error));
      }
      if (logins.failed > 0) say(`${logins.failed} of ${logins.tried} logins of the application failed`);
      send({ type: 'point', name, isRecovered: broken.length === 0, ...logins, broken });
    },
  };
}

async function main(): Promise<void> {
  const job = JSON.parse(process.env['FAULT_JOB'] ?? '{}') as Job;
  const kind = kinds.find(({ name }) => name === job.kind);
  if (kind === undefined) throw new Error(`no kind of fault is called ${job.kind}`);
  const module = await kind.load();
  await module.run(runOf(job));
  // The end of the process, too: a point that left a connection open must not keep the whole run alive.
  process.send?.({ type: 'ended' } satisfies Message, undefined, undefined, () => process.exit(0));
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
