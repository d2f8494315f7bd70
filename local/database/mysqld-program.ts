import { runProgram } from './run-program';
import { parseServerVersion, type ServerProduct } from './server-product';

/** A MySQL server program that can be started on this machine. */
export interface MysqldProgram {
  command: readonly string[];
  /** Appended to whatever the server is started with. */
  options: readonly string[];
  version: string;
}

const OLDEST_MAJOR_VERSION = 8;
const VERSION_TIMEOUT_MS = 60_000;

/** @throws {Error} when the command does not run, or is not MySQL 8.0 or newer. */
export async function inspectMysqld(
  command: readonly string[],
  options: readonly string[] = [],
): Promise<MysqldProgram> {
  const { product, version } = await askServerProduct(command);
  if (product !== 'MySQL' || Number.parseInt(version) < OLDEST_MAJOR_VERSION) {
    throw new Error(`it is ${product} ${version}, MySQL 8.0 or newer is needed`);
  }
  return { command, options, version };
}

/** @throws {Error} when the command does not run, or does not say what it is. */
export async function askServerProduct(command: readonly string[]): Promise<ServerProduct> {
  const [program = '', ...args] = command;
  const answer = await runProgram(program, [...args, '--version'], VERSION_TIMEOUT_MS);
  const found = parseServerVersion(answer);
  if (found === undefined) throw new Error('it does not tell its version');
  return found;
}
