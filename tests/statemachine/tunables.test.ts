import { readTunables } from '../../config/tunables.cjs';
import { loadDefinition } from '../../local/state-machine/load-definition';

const SETTINGS = {
  DB_PASSWORD_PROPAGATION_WAIT: '7',
  RDS_PASSWORD_PROPAGATION_WAIT: '11',
  DB_CONNECTION_TEST_RETRIES: '13',
  DB_CONNECTION_TEST_RETRY_DELAY: '17',
};
const NAMES = Object.keys(SETTINGS);

describe('the tunables', () => {
  test('have defaults, and an empty variable is one that is not set', () => {
    const unset = readTunables({});
    expect(unset).toMatchObject({
      databasePasswordPropagationWait: 5,
      masterPasswordPropagationWait: 8,
      connectionTestRetries: 3,
      connectionTestRetryDelay: 5,
    });
    expect(readTunables(Object.fromEntries(NAMES.map((name) => [name, ' '])))).toEqual(unset);
  });

  test('reach the state machine as integers', () => {
    const { States: states } = loadDefinition(readTunables(SETTINGS));
    expect(states['WaitForPasswordPropagation']).toMatchObject({ Seconds: 7 });
    expect(states['WaitForMasterPassword']).toMatchObject({ Seconds: 11 });
    expect(states['TestSecret']).toHaveProperty('Retry.0.MaxAttempts', 13);
    expect(states['TestSecret']).toHaveProperty('Retry.0.IntervalSeconds', 17);
  });

  test('may switch a wait or the retries off', () => {
    const { States: states } = loadDefinition(
      readTunables({ DB_PASSWORD_PROPAGATION_WAIT: '0', DB_CONNECTION_TEST_RETRIES: '0' }),
    );
    expect(states['WaitForPasswordPropagation']).toMatchObject({ Seconds: 0 });
    expect(states['TestSecret']).toHaveProperty('Retry.0.MaxAttempts', 0);
  });

  describe.each(NAMES)('%s', (name) => {
    test.each(['-1', '1.5', 'five', '5s', '1e3', '0x10', '100000000', '99999999999999999999'])(
      'refuses "%s" and says which variable, what was found and what is expected',
      (found) => {
        expect(() => readTunables({ [name]: found })).toThrow(
          new RegExp(`^${name}: expected an integer from [01] to 99999999, found "${found}"$`),
        );
      },
    );
  });

  test('a pause between two attempts takes at least a second', () => {
    expect(() => readTunables({ DB_CONNECTION_TEST_RETRY_DELAY: '0' })).toThrow(
      'DB_CONNECTION_TEST_RETRY_DELAY: expected an integer from 1 to 99999999, found "0"',
    );
  });

  test('an execution may never take longer than Step Functions allows', () => {
    expect(readTunables({ DB_PASSWORD_PROPAGATION_WAIT: '99999999' }).executionTimeout).toBe(99_999_999);
  });
});
