import { startCloud } from '../../local/aws/cloud';
import { listenOnLoopback } from '../../local/aws/protocol/loopback-server';

const silent = () => undefined;
const portOf = ({ url }: { url: string }): number => Number(new URL(url).port);

/** A port that nobody listens at. */
async function freePort(): Promise<number> {
  const server = await listenOnLoopback(silent, 0);
  await server.close();
  return portOf(server);
}

describe('the services together', () => {
  it('are closed again when one of them cannot listen', async () => {
    const occupant = await listenOnLoopback(silent, 0);
    const [stepFunctions, cloudTrail] = [await freePort(), await freePort()];

    const started = startCloud({
      secretsManager: { port: portOf(occupant) },
      stepFunctions: { port: stepFunctions },
      cloudTrail: { port: cloudTrail },
    });

    await expect(started).rejects.toMatchObject({ code: 'EADDRINUSE' });
    const again = [await listenOnLoopback(silent, stepFunctions), await listenOnLoopback(silent, cloudTrail)];
    await Promise.all([occupant, ...again].map(({ close }) => close()));
  });
});
