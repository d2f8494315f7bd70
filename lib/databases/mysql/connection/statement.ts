/** A statement with what may be said of it. */
export interface Statement {
  /** What an error says was being done; no value stands in it. */
  label: string;
  sql: string;
  /** The statement with its secrets left out. */
  shown: string;
}

export function statement(label: string, sql: string): Statement {
  return { label, sql, shown: sql };
}
