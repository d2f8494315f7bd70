import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { withCachedPackages } from '../../../local/database/cached-packages';
import { fetchDebianPackages } from '../../../local/database/debian-packages';
import { requireOwnFolder } from '../../../local/database/own-folder';

/**
 * An archive with one package, signed on 2024-01-01 with a key that was then thrown away: InRelease has the hash of
 * Packages, and Packages that of server.deb.
 */
const REPOSITORY = join(__dirname, 'debian-repository');
const CONTENT = 'usr/share/server-of-a-test/content';

const hasApt = (process.env['PATH'] ?? '').split(delimiter).some((path) => existsSync(join(path, 'apt-get')));

let folder: string;
let repository: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stepwise-debian-'));
  repository = join(folder, 'repository');
  await cp(REPOSITORY, repository, { recursive: true });
});
afterEach(async () => {
  Reflect.deleteProperty(process.env, 'APT_CONFIG');
  await rm(folder, { recursive: true, force: true });
});

async function fetched(keyring = join(repository, 'keyring.gpg')): Promise<string> {
  const into = join(folder, 'cache', 'unpacked');
  const request = { suite: 'sid', packages: ['server-of-a-test'], into, onProgress: () => undefined };
  await fetchDebianPackages(request, { uri: `copy:${repository}`, keyring });
  return readFile(join(into, CONTENT), 'utf8');
}

async function change(file: string, edit: (text: string) => string): Promise<void> {
  const path = join(repository, file);
  await writeFile(path, edit(await readFile(path, 'latin1')), 'latin1');
}

const packagesFiles = ['amd64', 'arm64'].map((processor) => `dists/sid/main/binary-${processor}/Packages`);

/** The archive as somebody on the network path could serve it, with the signature taken away. */
async function takeSignatureAway(): Promise<void> {
  const signed = await readFile(join(repository, 'dists/sid/InRelease'), 'utf8');
  const text = signed.slice(signed.indexOf('Origin:'), signed.indexOf('-----BEGIN PGP SIGNATURE'));
  await writeFile(join(repository, 'dists/sid/Release'), text);
  await rm(join(repository, 'dists/sid/InRelease'));
}

/** A machine whose own apt takes anything. */
async function allowAnything(): Promise<void> {
  const file = join(folder, 'apt.conf');
  await writeFile(
    file,
    'Acquire::AllowInsecureRepositories "true"; Acquire::AllowWeakRepositories "true"; APT::Get::AllowUnauthenticated "true";\n',
  );
  process.env['APT_CONFIG'] = file;
}

const tampered: [string, () => Promise<void>][] = [
  [
    'a package of the same length was put in place of another',
    () => change('server.deb', (deb) => deb.replace(/.$/s, '!')),
  ],
  ['a package has a longer end', () => change('server.deb', (deb) => `${deb}!`)],
  [
    'the list of packages has the hash of another package',
    async () => {
      for (const file of packagesFiles) await change(file, (text) => text.replace(/SHA256: ./, 'SHA256: 0'));
    },
  ],
  [
    'the signed list of hashes was changed',
    () => change('dists/sid/InRelease', (text) => text.replace(/^ [0-9a-f]/gm, ' 0')),
  ],
  ['the signature was taken away', takeSignatureAway],
];

if (hasApt) {
  describe("a server of Debian's packages", () => {
    it('is unpacked when its archive is signed by the keyring', async () => {
      expect(await fetched()).toBe('genuine\n');
    });

    it.each(tampered)('is refused when %s', async (_how, tamper) => {
      await tamper();
      await expect(fetched()).rejects.toThrow(/^apt-get ended with 100/);
      expect(existsSync(join(folder, 'cache', 'unpacked'))).toBe(false);
    });

    it.each(tampered)(
      "is refused when %s, although this machine's apt takes anything",
      async (_how, tamper) => {
        await allowAnything();
        await tamper();
        await expect(fetched()).rejects.toThrow(/^apt-get ended with 100/);
        expect(existsSync(join(folder, 'cache', 'unpacked'))).toBe(false);
      },
    );

    it('is refused when its archive is signed by nobody of the keyring', async () => {
      const empty = join(folder, 'empty.gpg');
      await writeFile(empty, '');
      await expect(fetched(empty)).rejects.toThrow(/^apt-get ended with 100/);
    });
  });
} else {
  test("a server of Debian's packages is refused without apt", async () => {
    await expect(fetched()).rejects.toThrow('apt-get is not on the PATH');
  });
}

describe('a folder of cached programs', () => {
  it.each([0o700, 0o755, 0o775])('of this user with the mode %o is used', async (mode) => {
    await chmod(folder, mode);
    await requireOwnFolder(folder);
  });

  it('that is not there yet is made later', async () => {
    await requireOwnFolder(join(folder, 'absent'));
  });

  it.each([0o777, 0o707, 0o1777])(
    'with the mode %o, in which everybody may write, is refused',
    async (mode) => {
      await chmod(folder, mode);
      await expect(requireOwnFolder(folder)).rejects.toThrow(
        /^programs of .* are not run: expected a folder of/,
      );
    },
  );

  it('of another user is refused', async () => {
    const stranger = 12_345;
    // Root's folders are everybody's to use; when root runs this, the folder is root's.
    const isRoots = process.getuid?.() === 0;
    const outcome = requireOwnFolder(folder, stranger);
    await (isRoots ? outcome : expect(outcome).rejects.toThrow(/found one of user \d+/));
  });

  it('is refused before anything of it is run, and left as it is', async () => {
    const before = process.env['XDG_CACHE_HOME'];
    process.env['XDG_CACHE_HOME'] = folder;
    const base = join(folder, 'stepwise-rotation');
    const root = join(base, `x-debian-sid-${process.arch}`);
    await mkdir(root, { recursive: true });
    await chmod(base, 0o777);
    let isRun = false;
    const use = () => {
      isRun = true;
      return Promise.resolve();
    };
    try {
      const request = { name: 'x', suite: 'sid', packages: ['x'], onProgress: () => undefined };
      await expect(withCachedPackages(request, use)).rejects.toThrow(/^programs of .* are not run/);
      expect([isRun, existsSync(root)]).toEqual([false, true]);
    } finally {
      if (before === undefined) Reflect.deleteProperty(process.env, 'XDG_CACHE_HOME');
      else process.env['XDG_CACHE_HOME'] = before;
    }
  });
});
