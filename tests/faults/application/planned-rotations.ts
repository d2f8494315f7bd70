import type { FaultRun } from '../kind';

/** One rotation of many. */
export interface PlannedRotation {
  readonly name: string;
  /** A session is opened before it, and kept to the end. */
  readonly opensSession: boolean;
  /** The call to Secrets Manager that is refused once during it: the rotation has to be taken up again. */
  readonly refused: string | undefined;
}

/** Of one owner; with both there are more than 200. */
const WHOLE = 110;
const BOUNDED = 6;

/** Sessions are opened that many times in a run. */
const SESSIONS = 6;

/** One rotation of so many is interrupted. */
const INTERRUPTED = 5;

const OPERATIONS = ['DescribeSecret', 'GetSecretValue', 'PutSecretValue', 'UpdateSecretVersionStage'];

/** Chosen before anything happens, so that a seed always means the same. */
export function planRotations({ isBounded, random }: FaultRun): PlannedRotation[] {
  const count = isBounded ? BOUNDED : WHOLE;
  const digits = String(count).length;
  return Array.from({ length: count }, (_, index) => {
    const isInterrupted = random.below(INTERRUPTED) === 0;
    const operation = random.pick(OPERATIONS);
    return {
      name: `rotation-${String(index + 1).padStart(digits, '0')}`,
      opensSession: index % Math.ceil(count / SESSIONS) === 0,
      refused: isInterrupted ? operation : undefined,
    };
  });
}
