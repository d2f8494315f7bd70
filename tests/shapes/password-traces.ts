import type { ShapeServer } from './shape-server';

/** Everywhere that a server writes down statements, as tables; binary logs hold the same texts as the general log. */
const TRACES: Record<ShapeServer['product'], readonly string[]> = {
  MySQL: [
    'SELECT CONVERT(argument USING utf8mb4) AS text FROM mysql.general_log',
    'SELECT CONVERT(sql_text USING utf8mb4) AS text FROM mysql.slow_log',
    'SELECT SQL_TEXT AS text FROM performance_schema.events_statements_history',
    'SELECT SQL_TEXT AS text FROM performance_schema.events_statements_history_long',
    'SELECT QUERY_SAMPLE_TEXT AS text FROM performance_schema.events_statements_summary_by_digest',
    'SELECT DIGEST_TEXT AS text FROM performance_schema.events_statements_summary_by_digest',
    'SELECT SQL_TEXT AS text FROM performance_schema.prepared_statements_instances',
  ],
  MariaDB: [
    'SELECT CONVERT(argument USING utf8mb4) AS text FROM mysql.general_log',
    'SELECT CONVERT(sql_text USING utf8mb4) AS text FROM mysql.slow_log',
    'SELECT SQL_TEXT AS text FROM performance_schema.events_statements_history',
    'SELECT SQL_TEXT AS text FROM performance_schema.events_statements_history_long',
    'SELECT DIGEST_TEXT AS text FROM performance_schema.events_statements_summary_by_digest',
    'SELECT SQL_TEXT AS text FROM performance_schema.prepared_statements_instances',
  ],
};

/** Makes the server write down every statement of every session, including those it refuses. */
export async function watchStatements(server: ShapeServer): Promise<void> {
  await server.run(
    "SET GLOBAL log_output = 'TABLE'",
    'SET GLOBAL general_log = ON',
    'SET GLOBAL slow_query_log = ON',
    'SET GLOBAL long_query_time = 0',
    "UPDATE performance_schema.setup_consumers SET ENABLED = 'YES' WHERE NAME LIKE 'events_statements%'",
  );
}

/** Where a text stands in what the server wrote down. It is asked for in hexadecimal, or the question would be found. */
export async function tracesOf(server: ShapeServer, secret: string): Promise<string[]> {
  const found: string[] = [];
  for (const query of TRACES[server.product]) {
    const [row] = await server.rows(
      `SELECT COUNT(*) AS found FROM (${query}) AS texts WHERE INSTR(text, CONVERT(UNHEX(?) USING utf8mb4)) > 0`,
      [Buffer.from(secret).toString('hex')],
    );
    if (Number(row?.['found']) > 0) found.push(query);
  }
  return found;
}
