import { execFile } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Administrator } from './database';

/** Everything that could be read by somebody who may see more than he should, by the place it was seen in. */
type Observed = Record<string, string>;

/** What the server tells of statements, besides the process list. Read whole: a search in SQL would find itself. */
const SERVER_PLACES: Record<string, string> = {
  'statement history': 'SELECT * FROM performance_schema.events_statements_history_long',
  'statement digests': 'SELECT * FROM performance_schema.events_statements_summary_by_digest',
  'general log': 'SELECT CONVERT(argument USING utf8mb4) AS argument FROM mysql.general_log',
  'error log': 'SELECT * FROM performance_schema.error_log',
  accounts: 'SELECT user, attribute FROM information_schema.user_attributes',
};

async function processesOfThisMachine(): Promise<string> {
  return (await promisify(execFile)('ps', ['-A', '-ww', '-o', 'args'], { maxBuffer: 2 ** 26 })).stdout;
}

async function withStatementsRecorded<Result>(
  admin: Administrator,
  use: () => Promise<Result>,
): Promise<Result> {
  const [before] = await admin.rows<{ output: string; isOn: number; consumer: string }>(
    `SELECT @@GLOBAL.log_output AS output, @@GLOBAL.general_log AS isOn,
      (SELECT enabled FROM performance_schema.setup_consumers WHERE name = 'events_statements_history_long') AS consumer`,
  );
  const consume = (enabled: string) =>
    admin.run(
      `UPDATE performance_schema.setup_consumers SET enabled = '${enabled}' WHERE name = 'events_statements_history_long'`,
    );
  await consume('YES');
  await admin.run("SET GLOBAL log_output = 'TABLE'", 'SET GLOBAL general_log = ON');
  try {
    return await use();
  } finally {
    await admin.run(
      `SET GLOBAL general_log = ${before?.isOn ?? 0}`,
      `SET GLOBAL log_output = '${before?.output ?? 'FILE'}'`,
    );
    await consume(before?.consumer ?? 'NO');
  }
}

/** Resolves when the processes of this machine and of the server were looked at, from now on, at least once. */
type FullLook = () => Promise<void>;

/** Runs `use` and gathers all that was to be seen on this machine and on the server while it ran, and after. */
export async function observe(
  admin: Administrator,
  use: (fullLook: FullLook) => Promise<void>,
): Promise<Observed> {
  return withStatementsRecorded(admin, async () => {
    const processes: string[] = [];
    const sessions: unknown[] = [];
    let isRunning = true;
    const fullLook = async () => {
      const before = sessions.length; // the look that is under way may have begun earlier
      while (sessions.length < before + 2) await delay(10);
    };
    const running = use(fullLook).finally(() => {
      isRunning = false;
    });
    do {
      processes.push(await processesOfThisMachine());
      sessions.push(await admin.rows('SHOW FULL PROCESSLIST'));
    } while (isRunning as boolean);
    await running;
    const seen: Observed = {
      processes: processes.join('\n'),
      'process list of the server': JSON.stringify(sessions),
    };
    for (const [place, sql] of Object.entries(SERVER_PLACES)) {
      seen[place] = JSON.stringify(await admin.rows(sql));
    }
    return seen;
  });
}

/** The places in which a text was seen, also when it was encoded. */
export function placesWith(text: string, observed: Observed): string[] {
  const forms = [text, encodeURIComponent(text), Buffer.from(text).toString('hex')];
  return Object.keys(observed).filter((place) => {
    const content = observed[place]?.toLowerCase() ?? '';
    return forms.some((form) => content.includes(form.toLowerCase()));
  });
}
