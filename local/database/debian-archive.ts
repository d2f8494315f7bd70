import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where this machine gets Debian from, and the keyring it trusts for it. */
export interface DebianArchive {
  uri: string;
  keyring: string;
}

interface SourceEntry {
  uri: string;
  suites: string[];
  components: string[];
  signedBy: string | undefined;
}

const DEFAULT_KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** Reads apt's own configuration; undefined on a machine whose apt does not use Debian's archive. */
export async function findDebianArchive(etc = '/etc'): Promise<DebianArchive | undefined> {
  const release = await contents(join(etc, 'os-release'));
  const codename = /^VERSION_CODENAME="?([\w-]+)/m.exec(release)?.[1];
  const entries = await readSources(join(etc, 'apt'));
  const archive = entries.find((entry) => isDebianArchive(entry, codename));
  if (!/^ID="?debian"?$/m.test(release) || archive === undefined) return undefined;
  return { uri: archive.uri, keyring: archive.signedBy ?? DEFAULT_KEYRING };
}

/** Other vendors name suites after Debian's too, but rarely have both the bare name and the component `main`. */
function isDebianArchive({ suites, components, signedBy }: SourceEntry, codename = 'sid'): boolean {
  if (!components.includes('main') || suites.every((suite) => suite.includes('security'))) return false;
  if (signedBy?.includes('debian-archive-keyring') === true) return true;
  return [codename, 'testing', 'unstable', 'sid'].some((suite) => suites.includes(suite));
}

async function readSources(apt: string): Promise<SourceEntry[]> {
  const parts = join(apt, 'sources.list.d');
  const names = await readdir(parts).catch((): string[] => []);
  const files = ['sources.list', ...names.toSorted().map((name) => join('sources.list.d', name))];
  const entries = await Promise.all(
    files.map(async (file) => {
      const text = await contents(join(apt, file));
      if (file.endsWith('.list')) return text.split('\n').flatMap(parseOneLine);
      return file.endsWith('.sources') ? text.split(/\n\s*\n/).flatMap(parseStanza) : [];
    }),
  );
  return entries.flat();
}

/** `deb [signed-by=… arch=…] URI suite component…` */
function parseOneLine(line: string): SourceEntry[] {
  const match = /^\s*deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s+([^#]+)/.exec(line);
  if (match === null) return [];
  const [, options = '', uri = '', suite = '', components = ''] = match;
  const signedBy = /signed-by=(\/\S+)/.exec(options)?.[1];
  return [{ uri, suites: [suite], components: components.trim().split(/\s+/), signedBy }];
}

/** One stanza of a `.sources` file, see sources.list(5), "DEB822-STYLE FORMAT". */
function parseStanza(stanza: string): SourceEntry[] {
  const field = (name: string): string[] => {
    const value = new RegExp(`^${name}:((?:.*)(?:\\n[ \\t].*)*)`, 'im').exec(
      stanza.replaceAll(/^#.*\n?/gm, ''),
    );
    return value?.[1]?.trim().split(/\s+/) ?? [];
  };
  const [uri] = field('URIs');
  if (uri === undefined || !field('Types').includes('deb') || field('Enabled').includes('no')) return [];
  // A key may also be written out in place of a path; then the default keyring has to do.
  const signedBy = field('Signed-By').find((word) => word.startsWith('/'));
  return [{ uri, suites: field('Suites'), components: field('Components'), signedBy }];
}

function contents(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}
