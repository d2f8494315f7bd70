import type { StateMachineDefinition } from 'aws-local-stepfunctions';
import type { Retrier, State } from './states';

function scaleRetrier(retrier: Retrier, scale: number): Retrier {
  const scaled: Retrier = { ...retrier, IntervalSeconds: (retrier.IntervalSeconds ?? 1) * scale };
  if (retrier.MaxDelaySeconds !== undefined) scaled.MaxDelaySeconds = retrier.MaxDelaySeconds * scale;
  return scaled;
}

function scaleState(state: State, scale: number): State {
  if (state.Type === 'Wait' && state.Seconds !== undefined) {
    return { ...state, Seconds: state.Seconds * scale };
  }
  if (state.Type === 'Task' && state.Retry !== undefined) {
    return { ...state, Retry: state.Retry.map((retrier) => scaleRetrier(retrier, scale)) };
  }
  return state;
}

/**
 * Shortens what passes by waiting: Wait states and the pauses between attempts, backoff and cap included.
 * Timeouts stay, because they bound real work.
 * @param scale 1 is real time, 0 skips every wait
 */
export function scaleTime(definition: StateMachineDefinition, scale: number): StateMachineDefinition {
  const states = Object.entries(definition.States).map(([name, state]) => [name, scaleState(state, scale)]);
  return { ...definition, States: Object.fromEntries(states) as StateMachineDefinition['States'] };
}
