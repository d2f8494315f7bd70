import { Oracle } from '../harness/oracle';
import type { FaultRun, PointReport } from '../kind';
import { halfStates, look } from './half-states';
import type { KillableServer } from './killable-server';
import { requireRotated } from './observed-rotation';
import { makeScene, withScene, rotateWatched, VARIANTS, type Scene } from './scene';
import { ServerTls } from './server-tls';

const SAMPLE = 5;

const TASKS = ['SetSecret', 'TestSecret'] as const;

/** What the server is given for its new connections; those that are open go on. */
interface TlsFault {
  name: string;
  error: 'TlsVerificationError' | 'TlsNotSupportedError';
  begin: (tls: ServerTls) => Promise<void>;
}

const FAULTS: readonly TlsFault[] = [
  { name: 'certificate-expires', error: 'TlsVerificationError', begin: (tls) => tls.expire() },
  {
    name: 'certificate-of-another-host',
    error: 'TlsVerificationError',
    begin: (tls) => tls.use({ names: ['db.example'] }),
  },
  {
    name: 'certificate-of-another-authority',
    error: 'TlsVerificationError',
    begin: (tls) => tls.useStrange(),
  },
  { name: 'tls-gone', error: 'TlsNotSupportedError', begin: (tls) => tls.turnOff() },
];

/** The server's certificate becomes wrong before SetSecret connects, or between SetSecret and TestSecret. */
export async function certificates(run: FaultRun, server: KillableServer): Promise<void> {
  const scene = await makeScene('first-rotation');
  const tls = await ServerTls.take(server, (...statements) => scene.world.admin.run(...statements));
  const oracle = await Oracle.open();
  const all = VARIANTS.flatMap((variant) =>
    FAULTS.flatMap((fault) => TASKS.map((task) => ({ variant, fault, task }))),
  );
  for (const { variant, fault, task } of run.isBounded ? run.random.sample(all, SAMPLE) : all) {
    await run.point(`${fault.name}/${variant}/${task}`, (report) =>
      withScene(variant, (own) => spoilBefore(task, fault, { scene: own, oracle, tls, report })),
    );
  }
  await oracle.close();
  await scene.close();
}

interface Stage {
  scene: Scene;
  oracle: Oracle;
  tls: ServerTls;
  report: PointReport;
}

async function spoilBefore(
  task: string,
  { error, begin }: TlsFault,
  { scene, oracle, tls, report }: Stage,
): Promise<void> {
  const { world } = scene;
  const before = await look(world, oracle);
  try {
    const { record, errors } = await rotateWatched(scene, {
      beforeAttempt: async (name) => {
        if (name === task) await begin(tls);
      },
    });
    if (record.error !== error || errors.length !== 1 || record.states.at(-1)?.name !== task) {
      const at = record.states.at(-1)?.name;
      report.broken(
        `expected ${error} at ${task} once, met ${errors.join(', ')} and ${record.status} at ${at}`,
      );
    }
  } finally {
    await tls.mend();
  }
  for (const problem of await halfStates(world, oracle, before)) report.broken(problem);
  report.logins(1, (await world.currentSecretWorks()) ? 0 : 1);
  await requireRotated(scene.world);
  for (const problem of await oracle.afterRecovery(world)) report.broken(problem);
}
