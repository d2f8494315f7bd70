import type { React, StoreAnswer, StoreRequest } from './store-line';

/** One way in which Secrets Manager does not answer as it should. */
export interface StoreFault {
  name: string;
  /** Whether a request can meet it. */
  meets(request: StoreRequest): boolean;
  react: React;
  /** What was asked is carried out all the same. */
  hasEffect?: boolean;
  /** Each occurrence takes the SDK's whole patience: five seconds. */
  isSlow?: boolean;
}

const refusal = (status: number, type: string, message: string): StoreAnswer => ({
  status,
  body: JSON.stringify({ __type: type, Message: message }),
});

const all = (): boolean => true;

const answering = (answer: StoreAnswer): React => {
  return () => Promise.resolve(answer);
};

export const STORE_FAULTS: readonly StoreFault[] = [
  {
    name: 'throttled',
    meets: all,
    react: answering(refusal(400, 'ThrottlingException', 'Rate exceeded')),
  },
  {
    name: 'internal-error',
    meets: all,
    react: answering(refusal(500, 'InternalServiceError', 'An error occurred on the server side')),
  },
  {
    name: 'unavailable', // as something between client and service says it
    meets: all,
    react: answering({ status: 503, body: '<html><body><h1>503 Service Unavailable</h1></body></html>' }),
  },
  { name: 'reset', meets: all, react: () => Promise.resolve(undefined) },
  {
    name: 'answer-lost',
    meets: all,
    hasEffect: true,
    react: async (_request, forward) => {
      await forward();
      return undefined;
    },
  },
  {
    name: 'error-after-effect',
    meets: all,
    hasEffect: true,
    react: async (_request, forward) => {
      await forward();
      return refusal(500, 'InternalServiceError', 'An error occurred on the server side');
    },
  },
  {
    name: 'silent',
    meets: all,
    hasEffect: true,
    isSlow: true,
    react: async ({ abandoned }, forward) => {
      await forward();
      await abandoned;
      return undefined;
    },
  },
  {
    name: 'not-found-after-write',
    // Of what was written a moment ago a reader may not know yet, nor may the label be movable to it.
    meets: ({ operation, body }) =>
      operation === 'UpdateSecretVersionStage' ||
      (operation === 'GetSecretValue' && body['VersionId'] !== undefined),
    react: answering(
      refusal(400, 'ResourceNotFoundException', "Secrets Manager can't find the specified secret value"),
    ),
  },
];

/** Reads of Secrets Manager are eventually consistent: a replica answers that has not heard of the last write. */
export const STALE: StoreFault = {
  name: 'stale',
  meets: ({ past, operation }) =>
    past !== undefined && (operation === 'DescribeSecret' || operation === 'GetSecretValue'),
  react: (request, forward) => request.past?.(request) ?? forward(),
};
