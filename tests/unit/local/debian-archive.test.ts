import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findDebianArchive } from '../../../local/database/debian-archive';

const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
const DEBIAN = 'ID=debian\nVERSION_CODENAME=bookworm\n';
const ONE_LINE = `
# deb http://old.example/debian bookworm main
deb-src http://source.example/debian bookworm main
deb http://vendor.example/apt vendor-bookworm main
deb http://security.example/debian-security bookworm-security main
deb [arch=amd64 signed-by=/etc/keys/mirror.gpg] http://mirror.example/debian bookworm main contrib # ours
`;
const STANZAS = `
Types: deb
URIs: http://security.example/debian-security
Suites: bookworm-security
Components: main
Signed-By: ${KEYRING}

Types: deb deb-src
# moved last year
URIs: http://mirror.example/debian/ http://second.example/debian/
Suites: bookworm bookworm-updates
Components: main
Signed-By: ${KEYRING}
`;

let etc: string;
const put = async (files: Record<string, string>): Promise<void> => {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(etc, name)), { recursive: true });
    await writeFile(join(etc, name), text);
  }
};

beforeEach(async () => {
  etc = await mkdtemp(join(tmpdir(), 'etc-'));
});
afterEach(() => rm(etc, { recursive: true }));

describe("the machine's own Debian archive", () => {
  it('is found in sources.list', async () => {
    await put({ 'os-release': DEBIAN, 'apt/sources.list': ONE_LINE });
    const keyring = '/etc/keys/mirror.gpg';
    expect(await findDebianArchive(etc)).toEqual({ uri: 'http://mirror.example/debian', keyring });
  });

  it('is found in a .sources file', async () => {
    await put({ 'os-release': DEBIAN, 'apt/sources.list.d/debian.sources': STANZAS });
    expect(await findDebianArchive(etc)).toEqual({ uri: 'http://mirror.example/debian/', keyring: KEYRING });
  });

  it('is trusted by the default keyring when none is named', async () => {
    await put({ 'os-release': DEBIAN, 'apt/sources.list': 'deb http://mirror.example/debian bookworm main' });
    expect(await findDebianArchive(etc)).toEqual({ uri: 'http://mirror.example/debian', keyring: KEYRING });
  });

  it('is absent on another distribution', async () => {
    await put({ 'os-release': 'ID=ubuntu\nVERSION_CODENAME=bookworm\n', 'apt/sources.list': ONE_LINE });
    expect(await findDebianArchive(etc)).toBeUndefined();
  });

  it('is absent when the sources are off or of other vendors', async () => {
    const disabled = STANZAS.replaceAll('Types:', 'Enabled: no\nTypes:');
    await put({ 'os-release': DEBIAN, 'apt/sources.list.d/debian.sources': disabled });
    await put({ 'apt/sources.list': 'deb http://vendor.example/apt vendor-bookworm main' });
    expect(await findDebianArchive(etc)).toBeUndefined();
  });

  it('is absent on a machine without apt', async () => {
    expect(await findDebianArchive(etc)).toBeUndefined();
  });
});
