import { setTimeout as delay } from 'node:timers/promises';
import { withApplicationDatabase } from '../application/application-database';
import { makeCast } from '../application/cast';
import { withLentServer } from '../application/lent-server';
import { loadSteps } from '../lab/load-steps';
import { withApplication } from './application';
import type { DemoReport, DemoRotation } from './demo-report';
import { withDemoSecrets } from './demo-secrets';
import { applyDemoSettings } from './demo-settings';
import type { DemoView } from './demo-view';
import { beginMasterRotation } from './master-rotation';
import { outcome } from './outcome';
import { rotateOnce, type Scene } from './rotate-once';

export interface DemoOptions {
  timeScale: number;
  verbose: boolean;
}

const ROTATIONS = 3;
/** Ordinary life between two rotations. Not scaled: no schedule rotates twice within one login of an application. */
const QUIET_MS = 1_000;

/** Plays the whole demo, and leaves nothing behind. @throws when `signal` is aborted. */
export async function runDemo(
  options: DemoOptions,
  view: DemoView,
  signal: AbortSignal,
): Promise<DemoReport> {
  const cast = makeCast('demo');
  const steps = await loadSteps(options);
  return withLentServer(view.progress, signal, (server) =>
    withApplicationDatabase(server, cast, (database) =>
      withDemoSecrets(server, cast, async (secrets) => {
        view.progress(`database ${cast.database} and its master ${cast.master.username}`);
        view.progress(`embedded Secrets Manager at ${secrets.url}`);
        applyDemoSettings(server, cast, secrets);
        return withApplication({ server, cast, secrets }, async (application) => {
          view.follow(application.tally);
          const { timeScale } = options;
          const rotations = await rotateAll(
            { steps, database, secrets, application, timeScale, signal },
            view,
          );
          const { logins, failed, firstFailure } = application.tally;
          if (firstFailure !== undefined) view.progress(`the first failed login: ${firstFailure}`);
          const { product, version } = server;
          return { rotations, probe: { logins, failed }, server: { product, version } };
        });
      }),
    ),
  );
}

/** Rotation after rotation; one that fails is the last, because the next would only meet its cause again. */
async function rotateAll(scene: Scene, view: DemoView): Promise<DemoRotation[]> {
  const rotations: DemoRotation[] = [];
  while (rotations.length < ROTATIONS && rotations.every(({ status }) => status === 'SUCCEEDED')) {
    const number = rotations.length + 1;
    const isLast = number === ROTATIONS;
    const users = await scene.database.existingAppUsers();
    view.rotationBegins(`Rotation ${number} of ${ROTATIONS}`, situation(users, isLast));
    const rotation = isLast ? await rotateWithMaster(scene, view) : await rotateOnce(scene, view.onEvent);
    view.rotationEnds(rotation, outcome(rotation, users));
    rotations.push(rotation);
    await delay(QUIET_MS, undefined, { signal: scene.signal });
  }
  return rotations;
}

/** The hardest case comes last: the master's password changes under the application's rotation. */
async function rotateWithMaster(scene: Scene, view: DemoView): Promise<DemoRotation> {
  const master = beginMasterRotation(scene.database, scene.secrets);
  try {
    return await rotateOnce(scene, (event) => {
      master.onEvent(event);
      view.onEvent(event);
    });
  } finally {
    await master.ended();
  }
}

function situation([first, second]: readonly string[], isMasterRotating: boolean): string {
  const found = first === undefined ? 'only the master exists' : `${first} exists`;
  if (second === undefined) return found;
  return isMasterRotating ? 'both users exist, and the master is rotating too' : 'both users exist';
}
