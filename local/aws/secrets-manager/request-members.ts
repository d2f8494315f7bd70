import { z } from 'zod';

/** Request members that several operations share, with the limits of AWS's API reference. */

export const secretId = z.string().min(1).max(2048);

/** A version id, which is also a ClientRequestToken: AWS accepts 32 to 64 characters. */
export const versionId = z.string().refine(({ length }) => length >= 32 && length <= 64, {
  error: 'must be 32-64 characters long.',
  params: { parameter: true }, // answered as InvalidParameterException, not as ValidationException
});

export const versionStage = z.string().min(1).max(256);

/** Tags of a secret. */
export const tags = z.array(z.object({ Key: z.string().min(1).max(128), Value: z.string().max(256) }));

/** How much of a list is wanted, and from where. */
export const pageRequest = {
  MaxResults: z.int().min(1).max(100).optional(),
  NextToken: z.string().min(1).max(4096).optional(),
};
