import { testCloud } from '../support/cloud';
import { thrownBy } from '../support/leak-marker';
import { startTcpProxy } from '../support/tcp-proxy';

const test = testCloud();

describe('a Step Functions that takes the call and never answers', () => {
  it('is named by createSecret after three tries, instead of using up the time that Lambda gives it', async () => {
    const silent = await startTcpProxy({ isSilent: true });
    const AWS_ENDPOINT_URL_SFN = `http://${silent.host}:${silent.port}`;
    const world = await test.makeWorld({ environment: { AWS_ENDPOINT_URL_SFN } });
    const token = test.announce(world);

    const error = await thrownBy(() => test.kickoff(world, token, 'createSecret'));

    await silent.close();
    expect(error.name).toBe('WorkflowUnavailableError');
    expect(silent.connections).toBe(3);
  });
});
