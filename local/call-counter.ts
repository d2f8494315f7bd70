import { channel } from 'node:diagnostics_channel';

/** What a rotation cost, counted where it leaves the process. */
export interface CallCounts {
  /** HTTP requests to Secrets Manager by operation; the SDK's own repetitions count too. */
  secretsManagerCalls: Record<string, number>;
  database: { connections: number; statements: number };
}

const TARGET = 'secretsmanager.';

/** The request of `http.client.request.start`, as far as it is read here. */
interface HttpRequestStarted {
  request: { getHeader(name: string): unknown };
}

/**
 * Counts this process's calls while `use` runs, without touching the code that makes them: Node and mysql2
 * announce requests, connections and statements on diagnostics channels.
 */
export async function countCalls<Result>(use: () => Promise<Result>): Promise<[Result, CallCounts]> {
  const counts: CallCounts = { secretsManagerCalls: {}, database: { connections: 0, statements: 0 } };
  const onRequest = (message: unknown) => {
    const target = (message as HttpRequestStarted).request.getHeader('x-amz-target');
    if (typeof target !== 'string' || !target.startsWith(TARGET)) return;
    const operation = target.slice(TARGET.length);
    counts.secretsManagerCalls[operation] = (counts.secretsManagerCalls[operation] ?? 0) + 1;
  };
  const onConnect = () => void (counts.database.connections += 1);
  const onQuery = () => void (counts.database.statements += 1);
  const subscriptions: [string, (message: unknown) => void][] = [
    ['http.client.request.start', onRequest],
    ['tracing:mysql2:connect:start', onConnect],
    ['tracing:mysql2:query:start', onQuery],
  ];
  for (const [name, listener] of subscriptions) channel(name).subscribe(listener);
  try {
    return [await use(), counts];
  } finally {
    for (const [name, listener] of subscriptions) channel(name).unsubscribe(listener);
  }
}
