import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import { connect, logsIn, read, type Input } from './naive-access';

/**
 * How not to do it, as the widely copied templates do: the password comes first, a login that works counts as
 * done, rights are copied as text, and nothing is fenced. It is here so that the harness can be seen to find what
 * is lost that way; nothing else uses it.
 */

async function copyRights(master: Connection, current: string, pending: string): Promise<void> {
  const [rows] = await master.query<RowDataPacket[]>('SHOW GRANTS FOR ?', [current]);
  for (const row of rows) {
    const [text] = Object.values(row) as string[];
    await master.query(`${text?.split(' TO ')[0] ?? ''} TO ?`, [pending]);
  }
}

/** Answers as the real SetSecret does, so that the real state machine takes it. */
export async function handler({ state }: Input): Promise<Record<string, unknown>> {
  const client = new SecretsManagerClient({});
  const pending = await read(client, state.secretArn, 'AWSPENDING');
  const { schemaVersion, versionId } = state;
  const facts = { changed: true, initialSetup: false, repaired: false, granted: 0, revoked: 0, skipped: [] };
  const result = { schemaVersion, versionId, redriveCount: 0, ...facts };
  if (await logsIn(pending)) return result;
  const current = await read(client, state.secretArn, 'AWSCURRENT');
  const { username, password } = await read(client, process.env['MASTER_SECRET_ARN'] ?? '', 'AWSCURRENT');
  const master = await connect({ ...pending, username, password });
  try {
    const [found] = await master.query<RowDataPacket[]>('SELECT User FROM mysql.user WHERE User = ?', [
      pending.username,
    ]);
    if (found.length > 0) {
      await master.query('ALTER USER ? IDENTIFIED BY ?', [pending.username, pending.password]);
    } else {
      await master.query('CREATE USER ? IDENTIFIED BY ?', [pending.username, pending.password]);
      await copyRights(master, current.username, pending.username);
    }
  } finally {
    await master.end();
  }
  return result;
}
