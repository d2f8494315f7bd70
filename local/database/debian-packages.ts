import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { aptOptions } from './apt-options';
import { findDebianArchive, type DebianArchive } from './debian-archive';
import { completeOrAbsent } from './partial-folder';
import { runProgram } from './run-program';

export interface DebianPackagesRequest {
  /** A suite of Debian's archive, for example `sid`; it need not be the machine's own. */
  suite: string;
  packages: readonly string[];
  /** Fetched alone: for one file of a package that would bring many others along. */
  packagesWithoutDependencies?: readonly string[];
  /** The folder that will hold the unpacked files, as if it were `/`. */
  into: string;
  onProgress: (message: string) => void;
}

const UPDATE_TIMEOUT_MS = 2 * 60_000;
const DOWNLOAD_TIMEOUT_MS = 10 * 60_000;
const UNPACK_TIMEOUT_MS = 60_000;

/**
 * Downloads and unpacks packages with all they depend on, their C library included, into a private folder.
 * Needs no rights, installs nothing and touches no package state of the machine.
 * `into` appears complete or not at all; one that exists already stays.
 * @param archive by default the one that this machine gets Debian from
 * @throws {Error} with the end of apt's own message, also for what is not signed by the archive's keyring.
 */
export async function fetchDebianPackages(
  request: DebianPackagesRequest,
  archive?: DebianArchive,
): Promise<void> {
  archive ??= await findDebianArchive();
  if (archive === undefined) throw new Error("this machine's apt does not use Debian's archive");
  await completeOrAbsent(request.into, async (scratch) => {
    const source = `deb [signed-by=${archive.keyring}] ${archive.uri} ${request.suite} main\n`;
    await writeFile(join(scratch, 'sources.list'), source);
    await download(scratch, request);
    return unpack(scratch, request.onProgress);
  });
}

async function download(
  scratch: string,
  { suite, packages, packagesWithoutDependencies = [], onProgress }: DebianPackagesRequest,
): Promise<void> {
  const archives = archivesOf(scratch);
  await mkdir(join(scratch, 'lists', 'partial'), { recursive: true });
  await mkdir(join(archives, 'partial'), { recursive: true });
  await writeFile(join(scratch, 'status'), ''); // nothing counts as installed, so every dependency comes along
  const options = aptOptions(scratch);
  onProgress(`reading the package list of Debian ${suite}`);
  await runProgram('apt-get', [...options, 'update'], UPDATE_TIMEOUT_MS);
  onProgress(`downloading ${packages.join(', ')}; nothing is installed on this machine`);
  const install = ['install', '--yes', '--download-only', ...packages];
  await runProgram('apt-get', [...options, ...install], DOWNLOAD_TIMEOUT_MS);
  if (packagesWithoutDependencies.length === 0) return;
  const alone = [...options, 'download', ...packagesWithoutDependencies];
  await runProgram('apt-get', alone, DOWNLOAD_TIMEOUT_MS, { folder: archives });
}

async function unpack(scratch: string, onProgress: (message: string) => void): Promise<string> {
  const root = join(scratch, 'root');
  const archives = archivesOf(scratch);
  const files = (await readdir(archives)).filter((name) => name.endsWith('.deb'));
  onProgress(`unpacking ${files.length} packages`);
  for (const file of files) {
    await runProgram('dpkg-deb', ['-x', join(archives, file), root], UNPACK_TIMEOUT_MS);
  }
  return root;
}

/** Where apt puts packages, see `aptOptions`. */
function archivesOf(scratch: string): string {
  return join(scratch, 'cache', 'archives');
}
