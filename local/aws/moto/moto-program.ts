import { access, glob } from 'node:fs/promises';
import { join } from 'node:path';
import { withCachedPackages } from '../../database/cached-packages';
import { debianCommand } from '../../database/debian-program';

/** How to run Python programs on moto's own Python. */
export interface MotoProgram {
  command: readonly string[];
  environment: Readonly<Record<string, string>>;
}

/** Debian's stable releases have moto too, but an older one. */
const SUITE = 'sid';
/** moto, and what its server needs beyond the dependencies that the package declares. */
const PACKAGES = [
  'python3-moto',
  'python3-flask-cors',
  'python3-yaml',
  'python3-joserfc',
  'python3-openapi-spec-validator',
  'python3-jsonpath-ng',
  'python3-pyparsing',
  'python3-docker',
];

/** The moto of Debian's packages, from this user's cache; the first time it is fetched (about 60 MB). */
export function findDebianMoto(onProgress: (message: string) => void): Promise<MotoProgram> {
  return withCachedPackages({ name: 'moto', suite: SUITE, packages: PACKAGES, onProgress }, unpackedMoto);
}

async function unpackedMoto(root: string): Promise<MotoProgram> {
  const packages = join(root, 'usr/lib/python3/dist-packages');
  await access(join(packages, 'moto/server.py'));
  for await (const python of glob('usr/bin/python3.*', { cwd: root })) {
    return {
      command: await debianCommand(root, python),
      // The packages expect to be installed in `/`.
      environment: { PYTHONHOME: join(root, 'usr'), PYTHONPATH: packages },
    };
  }
  throw new Error(`${root} holds no Python`);
}
