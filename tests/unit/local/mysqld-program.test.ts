import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspectMysqld } from '../../../local/database/mysqld-program';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mysql-5.1-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function mysqldSaying(answer: string): Promise<string> {
  const path = join(folder, 'mysqld');
  await writeFile(path, `#!/bin/sh\necho "$0  ${answer}"\n`, { mode: 0o700 });
  return path;
}

it.each([
  ['Ver 9.7.4-2 for debian-linux-gnu on x86_64 ((Debian))', '9.7.4'],
  ['Ver 8.0.44-0ubuntu0.24.04.1 for Linux on aarch64 ((Ubuntu))', '8.0.44'],
])('accepts a mysqld that says %s', async (answer, version) => {
  await expect(inspectMysqld([await mysqldSaying(answer)])).resolves.toMatchObject({ version });
});

it.each([
  ['Ver 5.7.44 for linux-glibc2.12 on x86_64 (MySQL Community Server (GPL))', 'it is MySQL 5.7.44'],
  ['Ver 10.11.14-MariaDB-0+deb12u2 for debian-linux-gnu on x86_64', 'it is MariaDB 10.11.14'],
  ['no number at all', 'it does not tell its version'],
])('refuses a mysqld that says %s', async (answer, reason) => {
  await expect(inspectMysqld([await mysqldSaying(answer)])).rejects.toThrow(reason);
});

it('says so when there is no such program', async () => {
  await expect(inspectMysqld([join(folder, 'absent')])).rejects.toThrow('absent is not on the PATH');
});
