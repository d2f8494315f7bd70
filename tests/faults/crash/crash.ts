import type { FaultRun } from '../kind';
import { variantOf, withStage, type Stage } from '../harness/stage';
import { crashOnce } from './crash-once';
import { findCrashPoints, nameOf, type CrashPoint } from './crossings';
import { kickoffProcess, type KickoffProcess } from './kickoff-process';
import { WAYS, type Way } from './rotation-ways';

/** Of each variant but the one that is whole, where the run is bounded. */
const SAMPLE = 8;
const WHOLE_VARIANT = 'steady-state';

interface Case {
  point: CrashPoint;
  way: Way;
}

/** Kickoff is there only where Secrets Manager rotates. */
async function findCases({ cloud, withWorld }: Stage, kickoff: KickoffProcess): Promise<Case[]> {
  const cases: Case[] = [];
  for (const way of WAYS) {
    const found = way === 'secrets-manager' ? { kickoff } : {};
    const points = await withWorld((world) => findCrashPoints(cloud, world, way, found));
    cases.push(...points.map((point) => ({ point, way })));
  }
  return cases;
}

/** Every point once, its way of recovery by turns; kickoff's have but one. */
function eachPointOnce(cases: readonly Case[]): Case[] {
  return cases.filter(({ point, way }) =>
    point.victim === 'Kickoff' ? true : WAYS[point.index % WAYS.length] === way,
  );
}

function choose(cases: Case[], { isBounded, part, random }: FaultRun): Case[] {
  if (!isBounded) return cases;
  return part === WHOLE_VARIANT ? eachPointOnce(cases) : random.sample(cases, SAMPLE);
}

async function crashEverywhere(faults: FaultRun, stage: Stage): Promise<void> {
  const kickoff = kickoffProcess(stage.cloud);
  try {
    for (const { point, way } of choose(await findCases(stage, kickoff), faults)) {
      const found = way === 'secrets-manager' ? { kickoff } : {};
      await faults.point(`${nameOf(point)} -> ${way}`, (report) =>
        stage.withWorld(async (world) => {
          const isReached = await crashOnce({ ...stage, ...found, world, point, way, report });
          if (!isReached) faults.count('points that a rotation did not come to again');
        }),
      );
    }
  } finally {
    await kickoff.close();
  }
}

/** Processes killed before and after every call that leaves them. */
export async function run(faults: FaultRun): Promise<void> {
  await withStage(variantOf(faults.part), (stage) => crashEverywhere(faults, stage));
}
