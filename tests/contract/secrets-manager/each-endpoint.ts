import type { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { startMotoServer } from '../../../local/aws/moto/moto-server';
import { startSecretsManager } from '../../../local/aws/secrets-manager/server';
import { differencesIn } from '../moto-differences';
import { clientOf } from './endpoint';

/** What a contract is written with. It holds for every Secrets Manager, so it uses nothing but the client. */
interface Contract {
  /** The client, while tests run. */
  readonly api: () => SecretsManager;
  /** Like jest's. On moto, a test that is a known difference must fail. */
  readonly it: (title: string, body: () => Promise<void>) => void;
}

interface Endpoint {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Runs the same tests against the embedded endpoint and against moto, each started for this file alone. What
 * moto does otherwise is in `moto-differences.ts`: exactly these tests may fail there, and they must.
 */
export function describeContract(title: string, define: (contract: Contract) => void): void {
  describe(title, () => {
    describe('on the embedded endpoint', () => {
      define({ api: clientDuringTests(() => startSecretsManager()), it });
    });

    describe('on moto', () => {
      const known = new Set(differencesIn(title).flatMap(({ tests }) => tests));
      const defined = new Set<string>();
      define({
        api: clientDuringTests(startMoto),
        it: (name, body) => {
          defined.add(name);
          if (known.has(name)) it.failing(name, body);
          else it(name, body);
        },
      });
      it('differs in no test that does not exist', () => {
        expect([...known].filter((name) => !defined.has(name))).toEqual([]);
      });
    });
  });
}

async function startMoto(): Promise<Endpoint> {
  const moto = await startMotoServer({ onProgress: (message) => process.stderr.write(`${message}\n`) });
  return { url: moto.url, close: () => moto.stop() };
}

function clientDuringTests(start: () => Promise<Endpoint>): () => SecretsManager {
  let endpoint: Endpoint | undefined;
  let client: SecretsManager | undefined;
  beforeAll(async () => {
    endpoint = await start();
    client = clientOf(endpoint.url);
  });
  afterAll(async () => {
    client?.destroy();
    await endpoint?.close();
  });
  return () => {
    if (client === undefined) throw new Error('the endpoint runs only while tests run');
    return client;
  };
}
