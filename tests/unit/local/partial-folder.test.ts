import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { completeOrAbsent } from '../../../local/database/partial-folder';

/** Larger than any process id of Linux (4194304). */
const DEAD_PID = 99_999_999;
let folder: string;
let into: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'partial-'));
  into = join(folder, 'cache', 'server');
});
afterEach(() => rm(folder, { recursive: true }));

const fillWith = (text: string) => async (scratch: string) => {
  await mkdir(join(scratch, 'root'));
  await writeFile(join(scratch, 'root', 'file'), text);
  return join(scratch, 'root');
};

describe('a fetched folder', () => {
  it('appears complete, and nothing stays beside it', async () => {
    await completeOrAbsent(into, fillWith('one'));
    expect(await readFile(join(into, 'file'), 'utf8')).toBe('one');
    expect(await readdir(join(folder, 'cache'))).toEqual(['server']);
  });

  it('does not appear when fetching it fails', async () => {
    const failing = async (scratch: string): Promise<string> => {
      await fillWith('half')(scratch);
      throw new Error('blocked');
    };
    await expect(completeOrAbsent(into, failing)).rejects.toThrow('blocked');
    expect(await readdir(join(folder, 'cache'))).toEqual([]);
  });

  it('is that of the first of two at once', async () => {
    await completeOrAbsent(into, async (scratch) => {
      await completeOrAbsent(into, fillWith('first'));
      return fillWith('second')(scratch);
    });
    expect(await readFile(join(into, 'file'), 'utf8')).toBe('first');
    expect(await readdir(join(folder, 'cache'))).toEqual(['server']);
  });

  it('takes along what a killed fetch left', async () => {
    await mkdir(`${into}.partial-${hostname()}-${DEAD_PID}-abcdef`, { recursive: true });
    await completeOrAbsent(into, fillWith('one'));
    expect(await readdir(join(folder, 'cache'))).toEqual(['server']);
  });
});
