/** Keeps a MySQL that mysql-memory-server starts; see `keeper-process.ts`. */
import fs from 'node:fs';
import { delimiter, join } from 'node:path';
import { createDB } from 'mysql-memory-server';
import { boundRequests } from './bounded-requests';
import { keepServer } from './keeper-process';

export interface MysqlOrder {
  /** Run before the server accepts connections. */
  initialStatements: readonly string[];
  scratchDatabase: string;
}

const POLL_MS = 100;

// The library looks into mysqld's log only every 5 s, the default of watchFile.
const watchFile = fs.watchFile;
fs.watchFile = ((file: string, listener: fs.StatsListener) =>
  watchFile(file, { interval: POLL_MS }, listener)) as typeof fs.watchFile;

boundRequests();

// The keeper ends the server itself. The library's own `stop()` exists only once the server runs, and never ends
// when mysqld died first.
keepServer(async (order, folder) => {
  const { initialStatements, scratchDatabase } = order as MysqlOrder;
  process.env['PATH'] = `${join(folder, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`;
  const server = await createDB({
    version: '>=8.0.0',
    xEnabled: 'OFF',
    downloadRetries: 0,
    initSQLString: initialStatements.join('\n'),
    dbName: scratchDatabase,
  });
  return { port: server.port, version: server.mysql.version };
});
