import { PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import * as fc from 'fast-check';
import { MARKER } from './confidential';
import type { Arena } from './arena';
import { execute } from './executions';
import { property, type Check } from './property';
import { harmIn } from './harm';

/** Bytes that are a text, or no text in any encoding that is expected, with what must not be told among them. */
const bytes: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 200 }),
  fc
    .tuple(fc.uint8Array({ maxLength: 20 }), fc.uint8Array({ maxLength: 20 }))
    .map(([before, after]) => Buffer.concat([before, Buffer.from(MARKER), after])),
  fc.constantFrom(
    Buffer.from([0xef, 0xbb, 0xbf, 0x7b, 0x7d]),
    Buffer.from(`\u0000${MARKER}`, 'utf16le'),
    Buffer.from([0xc3, 0x28, 0xff, 0xfe, 0x00]),
    Buffer.from(JSON.stringify({ engine: 'mysql', password: MARKER })),
  ),
);

async function breaks(arena: Arena, value: Uint8Array): Promise<string | undefined> {
  arena.newSecret(JSON.stringify(arena.document()));
  const { client, secretArn: SecretId } = arena.world;
  const { VersionId: versionId = '' } = await client.send(
    new PutSecretValueCommand({ SecretId, SecretBinary: value }),
  );
  const outcome = await execute(arena);
  if (outcome.error === undefined) return 'a secret of bytes was rotated';
  return harmIn(arena, outcome, versionId);
}

/** A secret that is kept as bytes, which Secrets Manager allows and this service does not read. */
export const secretsOfBytes = (arena: Arena): Check[] => [
  property({
    name: 'secret-of-bytes/execution',
    bounded: 6,
    whole: 100,
    cases: bytes,
    breaks: (value) => breaks(arena, value),
  }),
];
