import fc from 'fast-check';
import { describeContract } from './each-endpoint';
import { aSecret, aVersion, stagesOf } from './endpoint';

type Step = { put: string } | { move: string; to: number; from: number | undefined };

const label = fc.constantFrom('AWSCURRENT', 'AWSPENDING', 'AWSPREVIOUS', 'mine');
const index = fc.nat({ max: 4 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ put: label }),
  fc.record({ move: label, to: index, from: fc.option(index, { nil: undefined }) }),
);

describeContract('S7 and S8: staging labels', ({ api, it }) => {
  it('are on one version at most and AWSCURRENT is never lost, whatever is called in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const { id, first } = await aSecret(api());
        const versions = [first];
        const version = (at: number) => versions[at % versions.length] ?? first;
        for (const taken of steps) {
          if ('put' in taken) {
            versions.push(await aVersion(api(), id, 'value', [taken.put]));
          } else {
            const change = {
              MoveToVersionId: version(taken.to),
              ...(taken.from !== undefined && { RemoveFromVersionId: version(taken.from) }),
            };
            const request = { SecretId: id, VersionStage: taken.move, ...change };
            await api().updateSecretVersionStage(request).catch(expectRefusal);
          }
          const labels = Object.values(await stagesOf(api(), id)).flat();
          expect(new Set(labels).size).toBe(labels.length);
          expect(labels).toContain('AWSCURRENT');
        }
      }),
      { numRuns: 25, seed: 1, endOnFailure: true },
    );
  });
});

function expectRefusal(error: unknown): void {
  expect(error).toMatchObject({ name: 'InvalidParameterException' });
}
