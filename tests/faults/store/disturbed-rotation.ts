import type { Rotation } from '../server/observed-rotation';
import type { StoreFault } from './store-faults';
import type { OnCall, StoreScene } from './store-scene';

/**
 * How long a fault lasts: for one request; for one call with all its repetitions, until a step has failed of it; for
 * every call of a state, until it has failed or is over; or until the execution has ended.
 */
export type Extent = 'once' | 'burst' | 'step' | 'outage';

export interface Disturbance {
  fault: StoreFault;
  /** Name of the call at which it begins. */
  call: string;
  extent: Extent;
}

/** @returns how the rotation went, and whether it made that call */
export async function rotateDisturbed(
  scene: StoreScene,
  { fault, call, extent }: Disturbance,
): Promise<Rotation & { isReached: boolean }> {
  const progress = { begunIn: '', isOver: false };
  const isCall = (name: string): boolean => name.replace(/-\d+$/, '') === call.replace(/-\d+$/, '');
  const lasts: Record<Extent, (task: string, name: string) => boolean> = {
    once: () => false,
    burst: (_task, name) => isCall(name),
    step: (task) => task === progress.begunIn,
    outage: () => true,
  };
  const onCall: OnCall = ({ task, request, name }) => {
    if (progress.begunIn === '') {
      if (name !== call) return undefined;
      progress.begunIn = task;
      return fault.react;
    }
    if (progress.isOver || !fault.meets(request) || !lasts[extent](task, name)) return undefined;
    return fault.react;
  };
  const rotation = await scene.rotate(onCall, () => {
    if (progress.begunIn !== '' && extent !== 'outage') progress.isOver = true;
  });
  return { ...rotation, isReached: progress.begunIn !== '' };
}
