import { eachWorld } from '../support/each-world';
import { runPreflight } from '../support/preflight';
import { expectRefused } from '../support/refusal';
import { endSecretsManagerAfterAll } from '../support/world';

endSecretsManagerAfterAll();
const worlds = eachWorld();

const fromNow = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
/** The same moment, written in the zone of Tokyo. */
const inTokyo = (iso: string) =>
  new Date(new Date(iso).getTime() + 9 * 3_600_000).toISOString().replace('Z', '+09:00');

describe('an execution that names the time of a later schedule is refused, and uses nothing up:', () => {
  it.each([
    ['in ten minutes', () => fromNow(10)],
    ['in a week', () => fromNow(7 * 24 * 60)],
    ['in an hour, in another zone', () => inTokyo(fromNow(60))],
    ['in the year 9999', () => '9999-12-31T23:59:59Z'],
  ])('%s', async (_when, time) => {
    const world = await worlds.make();
    const scheduledTime = time();
    const input = { secretId: world.secretArn, owner: 'schedule', scheduledTime };

    await expectRefused(world, {
      error: 'InvalidInputError',
      at: 'CreateSecret',
      saying: /^input\.scheduledTime: expected a time that has come, found \S+, \d+ minutes ahead/,
      run: { input },
    });
    await expect(runPreflight(world, { scheduledTime })).rejects.toMatchObject({ name: 'InvalidInputError' });
  });
});

describe('an execution that names a time that has come rotates, although', () => {
  it.each([
    ['the clock of the scheduler is a little ahead', () => fromNow(3)],
    ['it is delivered late', () => fromNow(-60)],
    ['its message lay with the dead letters', () => inTokyo(fromNow(-14 * 24 * 60))],
    ['the time is of another century', () => '1999-12-31T23:59:59Z'],
  ])('%s', async (_why, time) => {
    const world = await worlds.make();
    const input = { secretId: world.secretArn, owner: 'schedule', scheduledTime: time() };

    expect(await world.rotate({ input })).toMatchObject({ status: 'SUCCEEDED' });
    // A second delivery of it finds the rotation done.
    expect(await world.rotate({ input })).toMatchObject({
      status: 'SUCCEEDED',
      output: { alreadyRotated: true },
    });
  });
});
