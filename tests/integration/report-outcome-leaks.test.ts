import { randomUUID } from 'node:crypto';
import { putMasterPassword } from '../support/cloud';
import { newMarker } from '../support/leak-marker';
import { placesWith } from '../support/leak-watch';
import { execute } from '../support/redrive';
import { testReporting } from '../support/reporting';
import type { World } from '../support/world';

const test = testReporting();

/** How a rotation can fail, with the marker in every place where a password could be written. */
const FAILURES: [error: string, arrange: (world: World, marker: string) => Promise<unknown>][] = [
  ['MasterCredentialRejectedError', (world, marker) => putMasterPassword(world, marker)],
  ['CurrentCredentialRejectedError', (world, marker) => putSecret(world, { password: marker })],
  ['SecretFormatError', (world, marker) => putSecret(world, { password: marker, port: marker })],
  ['SecretFormatError', (world, marker) => world.putSecret(`{"password": ${marker}`, 'AWSCURRENT')],
  ['UnsupportedEngineError', (world, marker) => putSecret(world, { password: marker, engine: marker })],
];

const putSecret = async (world: World, fields: Record<string, unknown>): Promise<string> =>
  world.putSecret({ ...(await world.secret()), ...fields }, 'AWSCURRENT', randomUUID());

describe('what a report shows of a failed rotation', () => {
  it.each(FAILURES)('with %s holds no password', async (error, arrange) => {
    const world = await test.makeWorld();
    const marker = newMarker();
    await arrange(world, marker);
    const execution = await execute(test, world);
    expect(execution.error).toBe(error);

    const { messages, output, answer } = await test.reportOutcome(test.endOf(execution.executionArn));

    expect(messages[0]?.message).toContain(`Error: ${error}\n`);
    const observed = { messages: JSON.stringify(messages), output, answer: JSON.stringify(answer) };
    const passwords = [marker, world.firstPassword, world.master.password];
    expect(passwords.flatMap((password) => placesWith(password, observed))).toEqual([]);
  });
});
