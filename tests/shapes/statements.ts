import { channel } from 'node:diagnostics_channel';

const ACCOUNT_STATEMENT = /^\s*(GRANT|REVOKE|ALTER|CREATE|DROP|RENAME|SET\s+(DEFAULT\s+ROLE|PASSWORD))\b/i;

/** The account statements that this process sends to a server while `act` runs, as the driver itself tells. */
export async function accountStatements(port: number, act: () => Promise<unknown>): Promise<string[]> {
  const seen: string[] = [];
  const queries = channel('tracing:mysql2:query:start');
  const note = (message: unknown): void => {
    const { query, serverPort } = message as { query: string; serverPort: number };
    if (serverPort === port && ACCOUNT_STATEMENT.test(query)) seen.push(query);
  };
  queries.subscribe(note);
  try {
    await act();
  } finally {
    queries.unsubscribe(note);
  }
  return seen;
}
