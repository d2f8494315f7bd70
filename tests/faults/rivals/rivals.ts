import type { Crossing } from '../harness/crossing';
import { variantOf, withStage } from '../harness/stage';
import type { FaultRun } from '../kind';
import type { Randomness } from '../randomness';
import { findControlLosses } from './control';
import { PROMOTION, runCourse, watchRivals, WRITE, type Course } from './course';
import { PEOPLE } from './people';

/** Pairs of points that are chosen by chance, and of each group of the others where the run is bounded. */
const PAIRS = { bounded: 3, whole: 120 };
const SAMPLE = 2;

const indexOf = (crossings: readonly Crossing[], name: string): number =>
  crossings.findIndex(({ moment, what }) => `${moment} ${what}` === name) + 1;

const numbers = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);

interface Points {
  first: readonly Crossing[];
  second: readonly Crossing[];
}

const label = (crossings: readonly Crossing[], index: number): string => {
  const { moment, what } = crossings[index - 1] ?? { moment: 'before', what: 'its end' };
  return `${index} ${moment} ${what}`;
};

function coursesOf({ first, second }: Points, faults: FaultRun): Course[] {
  const afterWrite = indexOf(second, WRITE) + 1;
  const sample = (courses: Course[], random: Randomness = faults.random): Course[] =>
    faults.isBounded ? random.sample(courses, SAMPLE) : courses;
  const ends = { secondWaits: WRITE, secondTo: Infinity };
  const late = numbers(1, first.length).map((firstTo) => ({
    ...ends,
    name: `the first held at ${label(first, firstTo)}, until the second has ended`,
    firstTo,
  }));
  const promoted = numbers(afterWrite, second.length).map((secondTo) => ({
    name: `the promotion of the first held until the second is at ${label(second, secondTo)}`,
    secondWaits: WRITE,
    firstTo: PROMOTION,
    secondTo,
  }));
  const lost = (['first', 'second'] as const).flatMap((of) => {
    const said = of === 'first' ? first : second;
    return numbers(of === 'first' ? 1 : afterWrite, said.length).map((at) => ({
      ...ends,
      name: `${of} loses ${label(said, at)}, the promotion of the first held`,
      firstTo: PROMOTION,
      lost: { of, at },
    }));
  });
  const people = Object.keys(PEOPLE).flatMap((person) =>
    numbers(1, first.length).map((firstTo) => ({
      ...ends,
      name: `${person}, the first held at ${label(first, firstTo)}`,
      firstTo,
      person,
    })),
  );
  const repeated = ['its end', PROMOTION].map((firstTo) => ({
    ...ends,
    name: `every step once more, the first held at ${firstTo}`,
    firstTo,
    isRepeated: true,
  }));
  const count = faults.isBounded ? PAIRS.bounded : PAIRS.whole;
  const pairs = numbers(1, count).map(() => {
    const firstTo = 1 + faults.random.below(first.length);
    const secondTo = afterWrite + faults.random.below(second.length - afterWrite);
    const name = `the first held at ${label(first, firstTo)}, until the second is at ${label(second, secondTo)}`;
    return { name, secondWaits: WRITE, firstTo, secondTo };
  });
  return [...sample(late), ...sample(promoted), ...sample(lost), ...sample(people), ...repeated, ...pairs];
}

/** Two executions of one secret with different version ids, whose calls get lost, come late, or come twice. */
export async function run(faults: FaultRun): Promise<void> {
  await withStage(variantOf(faults.part), async (stage) => {
    const { second } = await stage.withWorld((world) => watchRivals(stage, world, Infinity));
    const { first } = await stage.withWorld((world) => watchRivals(stage, world, WRITE));
    const points = { first, second };
    for (const course of coursesOf(points, faults)) {
      await faults.point(course.name, (report) =>
        stage.withWorld((world) => runCourse(stage, world, course, { faults, report })),
      );
    }
    await faults.point('control: without the Catch that leads back to SetSecret', async (report) => {
      const losses = await findControlLosses(stage, faults);
      if (losses === 0) report.broken('the harness found no loss where nothing is restored');
    });
  });
}
