import { mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder } from './cache-folder';
import { issueServerCertificate, makeAuthority } from './certificates';
import type { MysqldProgram } from './mysqld-program';

/** The private folder of one running server; everything of it is in there, passwords included. */
export interface ServerFolder {
  path: string;
  caBundlePath: string;
  certificatePath: string;
  privateKeyPath: string;
}

const NAMES = ['localhost', '127.0.0.1', '::1'];
/** The library adds 52 characters for its socket, and the name of a socket ends at 103 (macOS). */
const MAX_TMPDIR_LENGTH = 30;

/** Makes the folder, readable by this user only (mkdtemp), with a fresh authority and server certificate. */
export async function makeServerFolder(): Promise<ServerFolder> {
  const temporary = tmpdir().length > MAX_TMPDIR_LENGTH ? '/tmp' : tmpdir();
  const path = await mkdtemp(join(temporary, 'stepwise-db-'));
  const folder: ServerFolder = {
    path,
    caBundlePath: join(path, 'ca.pem'),
    certificatePath: join(path, 'server-cert.pem'),
    privateKeyPath: join(path, 'server-key.pem'),
  };
  const authority = await makeAuthority();
  const { certificatePem, privateKeyPem } = await issueServerCertificate(authority, { names: NAMES });
  await writeFile(folder.caBundlePath, authority.certificatePem, { mode: 0o600 });
  await writeFile(folder.certificatePath, certificatePem, { mode: 0o600 });
  await writeFile(folder.privateKeyPath, privateKeyPem, { mode: 0o600 });
  return folder;
}

/**
 * Puts into the folder's `bin` the `mysqld` that mysql-memory-server finds first on its PATH: the given program,
 * or, so that the library downloads one, a stand-in too old for it.
 */
export async function placeMysqld(folder: ServerFolder, program: MysqldProgram | undefined): Promise<void> {
  await mkdir(join(folder.path, 'bin'));
  await writeFile(join(folder.path, 'bin', 'mysqld'), script(program), { mode: 0o700 });
  if (program !== undefined) return;
  // Otherwise the download would go when the server goes.
  const downloads = cacheFolder('mysql-memory-server');
  await mkdir(downloads, { recursive: true, mode: 0o700 });
  await mkdir(join(folder.path, 'mysqlmsn'));
  await symlink(downloads, join(folder.path, 'mysqlmsn', 'binaries'));
}

function script(program: MysqldProgram | undefined): string {
  const command = program?.command.map(quoted).join(' ') ?? 'false';
  const options = program?.options.map(quoted).join(' ') ?? '';
  return [
    '#!/bin/sh',
    // The library takes the first number for the version, also one in the program's path.
    `if [ "$1" = --version ]; then echo 'mysqld  Ver ${program?.version ?? '0.0.1'}'; exit; fi`,
    // The general log, which the library turns on, would keep every statement of every test.
    `exec ${command} "$@" ${options} --general-log=0`,
    '',
  ].join('\n');
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
