import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { packagedProcess } from '../../local/lambda/packaged-process';
import { connectAs, server } from '../support/database';
import { eachWorld } from '../support/each-world';
import { everythingOf, newMarker, thrownBy } from '../support/leak-marker';
import { observe, placesWith } from '../support/leak-watch';
import { temporaryFolder } from '../support/temporary-folder';
import { endSecretsManagerAfterAll } from '../support/world';

endSecretsManagerAfterAll();
const worlds = eachWorld();

describe('the search for a password finds one that is planted', () => {
  it('in what the server tells of statements', async () => {
    const world = await worlds.make();
    const marker = newMarker();

    const observed = await observe(world.admin, async (fullLook) => {
      const connection = await connectAs(server.admin);
      await world.admin.run(`SELECT GET_LOCK('${world.id}', 0)`);
      const ended = connection.query(`SELECT GET_LOCK('${world.id}', 600), '${marker}'`);
      await fullLook();
      await world.admin.run(`SELECT RELEASE_LOCK('${world.id}')`);
      await ended;
      await connection.end();
    });

    expect(placesWith(marker, observed)).toEqual(
      expect.arrayContaining([
        'process list of the server',
        'statement history',
        'statement digests',
        'general log',
      ]),
    );
  });

  it('in an attribute of an account', async () => {
    const world = await worlds.make();
    const marker = newMarker();

    const observed = await observe(world.admin, () =>
      world.admin.run(`ALTER USER '${world.users[0]}' COMMENT '${marker}'`),
    );

    expect(placesWith(marker, observed)).toContain('accounts');
  });

  it('on a command line', async () => {
    const world = await worlds.make();
    const marker = newMarker();

    const observed = await observe(world.admin, async (fullLook) => {
      const child = spawn(process.execPath, ['-e', 'process.stdin.resume()', marker]);
      await fullLook();
      child.stdin.end();
      await new Promise((resolve) => child.once('close', resolve));
    });

    expect(placesWith(marker, observed)).toEqual(['processes']);
  });

  it.each(['log', 'error', 'warn'])(
    'in what a step writes with console.%s, and in its error',
    async (method) => {
      const directory = await temporaryFolder(worlds);
      const marker = newMarker();
      const text = `exports.handler = (event) => { console.${method}(event); throw new Error(event.password); };`;
      await writeFile(`${directory}/planted.js`, text);
      let logs = '';
      const invoke = packagedProcess(
        { name: 'planted', directory, handler: 'planted.handler', timeoutSeconds: 10 },
        { environment: {}, onLog: (line) => (logs += line) },
      );

      const error = await thrownBy(() => invoke({ password: marker }));

      expect(placesWith(marker, { logs, error: everythingOf(error) })).toEqual(['logs', 'error']);
    },
  );

  it('in an encoded form', () => {
    const password = 'a b/c';
    expect(placesWith(password, { url: 'x=a%20b%2Fc', hex: '6120622f63', other: 'a b' })).toEqual([
      'url',
      'hex',
    ]);
  });
});
