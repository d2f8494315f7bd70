import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CREDENTIALS } from '../../local/aws/cloud';
import { startSecretsManager, type SecretsManagerServer } from '../../local/aws/secrets-manager/server';
import { knownPasswords } from '../../lib/rotation/known-passwords';
import { SecretsManagerStore } from '../../lib/secrets/secrets-manager-store';

describe('the passwords that the versions of a secret know of a user', () => {
  let endpoint: SecretsManagerServer;
  let client: SecretsManagerClient;
  let calls: string[];
  let clock = Date.UTC(2026, 0, 1);
  let arn = '';

  beforeAll(async () => {
    endpoint = await startSecretsManager({
      now: () => new Date((clock += 1_000)),
      onCall: ({ operation }) => {
        calls.push(operation);
      },
    });
    client = new SecretsManagerClient({
      endpoint: endpoint.url,
      region: 'us-east-1',
      credentials: CREDENTIALS,
    });
  });

  beforeEach(() => {
    calls = [];
    arn = endpoint.seed.secret({ name: `app-${clock}`, value: valueOf('shop', 'current') });
  });

  afterAll(async () => {
    client.destroy();
    await endpoint.close();
  });

  const valueOf = (username: string, password: string): string =>
    JSON.stringify({ engine: 'mysql', host: 'db.example.com', username, password });

  let made = 0;
  const idOf = (number: number): string => String(number).padStart(32, '0');

  function addVersion(value: string | undefined, ...stages: string[]): string {
    const versionId = idOf((made += 1));
    endpoint.seed.version(arn, { versionId, stages, ...(value === undefined ? {} : { value }) });
    return versionId;
  }

  async function passwordsOf(username: string): Promise<string[]> {
    const found: string[] = [];
    for await (const { password } of knownPasswords(new SecretsManagerStore(client), arn, username)) {
      found.push(password);
    }
    return found;
  }

  it('come by label first, then from versions without a label, the newest first', async () => {
    addVersion(valueOf('shop_clone', 'oldest'));
    addVersion(valueOf('shop_clone', 'older'));
    addVersion(valueOf('shop_clone', 'pending'), 'AWSPENDING');
    addVersion(valueOf('shop_clone', 'previous'), 'AWSPREVIOUS');

    expect(await passwordsOf('shop_clone')).toEqual(['previous', 'pending', 'older', 'oldest']);
    expect(await passwordsOf('shop')).toEqual(['current']);
  });

  it('cost one call when the first one is enough', async () => {
    addVersion(valueOf('shop_clone', 'previous'), 'AWSPREVIOUS');

    const first = await knownPasswords(new SecretsManagerStore(client), arn, 'shop_clone').next();

    expect(first.value).toMatchObject({ password: 'previous' });
    expect(calls).toEqual(['GetSecretValue']);
  });

  it('leave out versions that are malformed, empty or of another user, and repeated passwords', async () => {
    addVersion('not JSON');
    addVersion('["a list"]');
    addVersion(valueOf('shop_clone', ''));
    addVersion(valueOf('shop_clone', 'twice'));
    addVersion(valueOf('shop_clone', 'twice'));
    addVersion(valueOf('stranger', 'another'));
    addVersion(undefined, 'AWSPENDING');

    expect(await passwordsOf('shop_clone')).toEqual(['twice']);
  });

  it('are looked for in 20 versions, of which the newest count', async () => {
    for (let number = 1; number <= 130; number += 1) addVersion(valueOf('shop_clone', `${number}`));

    const found = await passwordsOf('shop_clone');

    expect(found).toEqual(Array.from({ length: 19 }, (_, index) => `${130 - index}`));
    expect(calls.filter((operation) => operation === 'ListSecretVersionIds')).toHaveLength(2);
  });
});
