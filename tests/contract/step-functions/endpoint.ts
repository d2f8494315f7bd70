import { setTimeout as delay } from 'node:timers/promises';
import { SFN, type HistoryEvent } from '@aws-sdk/client-sfn';
import {
  startStepFunctions,
  type StepFunctionsOptions,
  type StepFunctionsServer,
} from '../../../local/aws/step-functions/server';
import { arnOf, ROTATION_SHAPED } from './rotation-shaped';

export const ROLE = 'arn:aws:iam::123456789012:role/rotation';
const KEYS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const;
type Key = (typeof KEYS)[number];

/** What CreateSecret hands to the states after it. */
export const STATE = { schemaVersion: 1, alreadyRotated: false };

type Steps = Record<Key, jest.Mock>;

/** Stands in for the Lambdas: here the service around them is what matters. */
export function steps(changed: Partial<Record<Key, () => unknown>> = {}): Steps {
  const answers = { createSecret: STATE, setSecret: { changed: true }, testSecret: {}, finishSecret: {} };
  const mocks = KEYS.map((key) => [key, jest.fn(changed[key] ?? (() => Promise.resolve(answers[key])))]);
  return Object.fromEntries(mocks) as Steps;
}

export const failure = (name: string): Error => Object.assign(new Error(`why ${name}`), { name });
export const failWith = (name: string) => (): Promise<never> => Promise.reject(failure(name));

/** A function that answers only when it is told to. */
export function gate(): { wait: () => Promise<unknown>; open: () => void } {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  return {
    wait: () => promise,
    open: () => {
      resolve({});
    },
  };
}

/** A clock that tests move. */
export function clock(start = '2026-11-01T12:00:00Z'): { now: () => Date; passDays: (days: number) => void } {
  let time = Date.parse(start);
  return {
    now: () => new Date(time),
    passDays: (days) => {
      time += days * 86_400_000;
    },
  };
}

export interface Endpoint {
  /** A real SDK client, which asks once only. */
  api: SFN;
  server: StepFunctionsServer;
  /** Of the state machine `rotation`. */
  stateMachineArn: string;
  /** Starts an execution of it and waits for its end. */
  finished: (name?: string, input?: string) => Promise<string>;
  /** Redrives an execution and waits for its end. */
  redriven: (executionArn: string) => Promise<void>;
}

type Options = Partial<StepFunctionsOptions> & { steps?: Steps; definition?: string };

/** Runs `use` against an embedded endpoint of its own that has one state machine. */
export async function withEndpoint(
  { steps: handlers = steps(), definition = ROTATION_SHAPED, ...options }: Options,
  use: (endpoint: Endpoint) => Promise<void>,
): Promise<void> {
  const functions = Object.fromEntries(Object.entries(handlers).map(([key, mock]) => [arnOf(key), mock]));
  const server = await startStepFunctions({ functions, timeScale: 0, ...options });
  const credentials = { accessKeyId: 'dummy', secretAccessKey: 'dummy' };
  const api = new SFN({ endpoint: server.url, region: 'us-east-1', credentials, maxAttempts: 1 });
  try {
    const { stateMachineArn = '' } = await api.createStateMachine({
      name: 'rotation',
      definition,
      roleArn: ROLE,
    });
    await use({
      api,
      server,
      stateMachineArn,
      finished: async (name, input) => {
        const { executionArn = '' } = await api.startExecution({ stateMachineArn, name, input });
        await server.settled();
        return executionArn;
      },
      redriven: async (executionArn) => {
        await api.redriveExecution({ executionArn });
        await server.settled();
      },
    });
  } finally {
    api.destroy();
    await server.close();
  }
}

/** Resolves when the execution has ended, although a function of it may still be at work. */
export async function ended(api: SFN, executionArn: string): Promise<void> {
  while ((await api.describeExecution({ executionArn })).status === 'RUNNING') await delay(50);
}

export async function historyOf(api: SFN, executionArn: string): Promise<HistoryEvent[]> {
  const { events = [] } = await api.getExecutionHistory({ executionArn, maxResults: 1000 });
  return events;
}

/** Each event in a line: its id, the event before it, its type and the state it names. */
export function outline(events: readonly HistoryEvent[]): string[] {
  return events.map(({ id, previousEventId, type, stateEnteredEventDetails, stateExitedEventDetails }) => {
    const { name } = stateEnteredEventDetails ?? stateExitedEventDetails ?? {};
    return `${id ?? 0}<${previousEventId ?? 0} ${type ?? ''}${name === undefined ? '' : ` ${name}`}`;
  });
}

export const typesOf = (events: readonly HistoryEvent[]): (string | undefined)[] =>
  events.map(({ type }) => type);
