import { startedSecretsManager } from '../../support/secrets-endpoint';
import { Oracle } from '../harness/oracle';
import type { FaultRun } from '../kind';
import { disturb, type Allowed } from './disturb';
import type { Disturbance, Extent } from './disturbed-rotation';
import { STALE, STORE_FAULTS, type StoreFault } from './store-faults';
import { startStoreLine, type StoreLine } from './store-line';
import { StoreScene, type StoreCall } from './store-scene';

interface Part {
  faults: readonly StoreFault[];
  extents: readonly Extent[];
  /** How many points the bounded run takes. */
  sample: number;
}

const QUICK_FAULTS = STORE_FAULTS.filter(({ isSlow }) => isSlow !== true);
const SLOW_FAULTS = STORE_FAULTS.filter(({ isSlow }) => isSlow === true);

const PARTS: Readonly<Record<string, Part>> = {
  answers: { faults: QUICK_FAULTS, extents: ['once', 'burst'], sample: 12 },
  outages: { faults: QUICK_FAULTS, extents: ['outage'], sample: 2 },
  stale: { faults: [STALE], extents: ['once', 'burst', 'step', 'outage'], sample: 6 },
  silent: { faults: SLOW_FAULTS, extents: ['once', 'burst'], sample: 1 },
};

const UNAVAILABLE = ['SecretStoreUnavailableError'];

/** An older password of the master's is refused by the server, and its secret read again. */
const allowedFor = ({ fault, call }: Disturbance): Allowed => {
  const isOldMaster = fault === STALE && call.includes('-master');
  return {
    errors: isOldMaster ? [...UNAVAILABLE, 'MasterCredentialRejectedError'] : UNAVAILABLE,
    isNothingToDo: fault === STALE,
  };
};

export async function run(run: FaultRun): Promise<void> {
  const part = PARTS[run.part];
  if (part === undefined) throw new Error(`the kind store has no part ${run.part}`);
  const secretsManager = await startedSecretsManager();
  const line = await startStoreLine(secretsManager.url);
  const oracle = await Oracle.open();
  for (const isFirstRotation of [false, true]) {
    const variant = isFirstRotation ? 'first-rotation' : 'steady-state';
    // The calls are the same: what lasts longer is tried with one of the two.
    const extents = part.extents.filter((extent) => extent === 'once' || !isFirstRotation);
    const all = disturbances(part.faults, extents, await callsOf(line, isFirstRotation));
    const chosen = run.isBounded
      ? run.random.sample(all, Math.floor(part.sample / (isFirstRotation ? 3 : 1)))
      : all;
    for (const disturbance of chosen) {
      const { fault, extent, call } = disturbance;
      await run.point(`${fault.name}/${extent}/${variant}/${call}`, async (report) => {
        const scene = await StoreScene.make(line, isFirstRotation);
        try {
          if (fault === STALE && call.includes('-master')) await scene.changeMaster();
          await disturb(disturbance, allowedFor(disturbance), { scene, oracle, report });
        } finally {
          await scene.close();
        }
      });
    }
  }
  await oracle.close();
  await line.close();
  await secretsManager.close();
}

/** The calls of a rotation without a fault. */
async function callsOf(line: StoreLine, isFirstRotation: boolean): Promise<StoreCall[]> {
  const scene = await StoreScene.make(line, isFirstRotation);
  const calls: StoreCall[] = [];
  const { record } = await scene.rotate((call) => {
    calls.push(call);
    return undefined;
  });
  await scene.close();
  if (record.status !== 'SUCCEEDED') throw new Error(`a rotation without a fault failed: ${record.error}`);
  return calls.sort((one, other) => (one.name < other.name ? -1 : 1)); // two are made at the same time
}

function disturbances(
  faults: readonly StoreFault[],
  extents: readonly Extent[],
  calls: readonly StoreCall[],
): Disturbance[] {
  return extents.flatMap((extent) =>
    faults.flatMap((fault) =>
      calls.filter(({ request }) => fault.meets(request)).map(({ name }) => ({ fault, extent, call: name })),
    ),
  );
}
