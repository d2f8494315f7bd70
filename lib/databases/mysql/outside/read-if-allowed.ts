import { DatabaseBusyError, DatabaseStatementError, MasterPrivilegeError } from '../../../errors';
import type { Session } from '../connection/session';

/** Rows, or none where the table does not exist, the master may not read it, or the server is too slow for it. */
export async function readIfAllowed<Row>(
  session: Session,
  label: string,
  query: string,
  values: readonly string[] = [],
): Promise<Row[]> {
  try {
    return await session.rows<Row>(label, query, values);
  } catch (error) {
    const isLeftOut =
      error instanceof MasterPrivilegeError ||
      error instanceof DatabaseStatementError ||
      error instanceof DatabaseBusyError;
    if (isLeftOut) return [];
    throw error;
  }
}
