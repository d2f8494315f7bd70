import { testCloud } from '../support/cloud';
import { thrownBy } from '../support/leak-marker';
import { startTcpProxy } from '../support/tcp-proxy';

const test = testCloud();

describe('a Step Functions that takes the call and never answers', () => {
  it('is told by createSecret instead of using up the time that Lambda gives it', async () => {
    const silent = await startTcpProxy({ isSilent: true });
    const AWS_ENDPOINT_URL_SFN = `http://${silent.host}:${silent.port}`;
    const world = await test.makeWorld({ environment: { AWS_ENDPOINT_URL_SFN } });
    const token = test.announce(world);
    // Three tries of 5 s each, and the pauses between them. Then the test is lost, and lets the call go.
    const lost = setTimeout(() => void silent.close(), 25_000);
    const startedAt = Date.now();

    const error = await thrownBy(() => test.kickoff(world, token, 'createSecret'));

    clearTimeout(lost);
    await silent.close().catch(() => undefined);
    expect(error.name).toBe('WorkflowUnavailableError');
    expect(Date.now() - startedAt).toBeLessThan(20_000);
  }, 40_000);
});
