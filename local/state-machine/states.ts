import type { StateMachineDefinition } from 'aws-local-stepfunctions';

export type State = StateMachineDefinition['States'][string];
type TaskState = Extract<State, { Type: 'Task' }>;
export type Retrier = NonNullable<TaskState['Retry']>[number];

/** The states that call a Lambda, by name and in the order of the file. */
export function tasksOf(definition: StateMachineDefinition): Map<string, TaskState> {
  const tasks = new Map<string, TaskState>();
  for (const [name, state] of Object.entries(definition.States)) {
    if (state.Type === 'Task') tasks.set(name, state);
  }
  return tasks;
}
