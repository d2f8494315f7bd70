import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withPackagedService, type PackageOptions } from '../../local/lambda/package-service';
import { SECRETS } from './bad-parameters';
import { STAGE } from './package-combination';

const PLUGIN = join(__dirname, '../../config/temporary-folder.cjs');

test.each<[string, PackageOptions]>([
  ['of the stage local', { templateOnly: true }],
  ['of a stage that is deployed', { ...STAGE, parameters: SECRETS, templateOnly: true }],
])(
  'a packaging %s leaves nothing in the temporary folder',
  async (_what, options) => {
    await withPackagedService(options, async (directory) => {
      expect(await readdir(join(directory, '../tmp'))).toEqual([]);
    });
  },
  60_000,
);

describe('the temporary folder of a packaging is removed', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stepwise-leftovers-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test.each([
    ['succeeds', '', 0],
    ['is refused', 'process.exit(1)', 1],
    ['throws', 'throw new Error("x")', 1],
  ])('when it %s', async (_how, ending, code) => {
    const script = `
      const fs = require('node:fs');
      const os = require('node:os');
      const before = os.tmpdir();
      new (require(${JSON.stringify(PLUGIN)}))();
      if (os.tmpdir() === before) process.exit(7);
      fs.mkdirSync(os.tmpdir() + '/createSecret-1/functions', { recursive: true });
      fs.writeFileSync(os.tmpdir() + '/createSecret-1/functions/create-secret.js', '');
      ${ending}`;
    const exitCode = await new Promise((resolve) => {
      const env = { TMPDIR: folder, TEMP: folder, TMP: folder };
      const child = execFile(process.execPath, ['-e', script], { env }, () => {
        resolve(child.exitCode);
      });
    });
    expect(exitCode).toBe(code);
    expect(await readdir(folder)).toEqual([]);
  });
});
