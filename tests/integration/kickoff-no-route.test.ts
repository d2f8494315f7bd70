import { testCloud } from '../support/cloud';
import { thrownBy } from '../support/leak-marker';
import { closedPort } from '../support/tcp-proxy';

const test = testCloud();

describe('a Step Functions that cannot be reached', () => {
  it('is told by every step, and nothing moves for the application', async () => {
    const AWS_ENDPOINT_URL_SFN = `http://127.0.0.1:${await closedPort()}`;
    const world = await test.makeWorld({ environment: { AWS_ENDPOINT_URL_SFN } });
    const token = test.announce(world);
    const before = await world.snapshot();

    for (const step of ['createSecret', 'setSecret', 'testSecret', 'finishSecret']) {
      const error = await thrownBy(() => test.kickoff(world, token, step));
      expect(error.name).toBe('WorkflowUnavailableError');
      expect(error.message).toMatch(/^DescribeExecution had no answer .*no route/);
    }

    expect(await world.snapshot()).toEqual(before);
    expect(await world.currentSecretWorks()).toBe(true);
  });
});
