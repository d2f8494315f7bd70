import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { interrupt, isAlive } from './command';
import { documentOf, isListening, startUp, until } from './lab-process';

describe('lab up with a server of its own', () => {
  it('leaves no process and no file when it is ended', async () => {
    const folder = await mkdtemp('/tmp/lab-');
    try {
      const up = startUp([], { environment: { ROTATION_MYSQL_URL: undefined, TMPDIR: folder } });
      const { server } = await documentOf(up);
      interrupt(up, 'SIGINT');
      expect(await up.ended).toMatchObject({ code: 130 });
      const isServerFolder = (name: string): boolean => name.startsWith('stepwise-');
      // tsx may have ended its program by force; then what is around the server needs a moment.
      await until(async () => !(await readdir(folder)).some(isServerFolder));
      expect(isAlive(up)).toBe(false);
      expect(await isListening(`http://127.0.0.1:${server.port}`)).toBe(false);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
