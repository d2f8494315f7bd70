import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** One kind of call that a Lambda made, as local/lambda/call-log.cjs notes it. */
const observedCall = z.strictObject({
  /** Key in serverless.yml. */
  functionName: z.string(),
  /** Prefix in IAM. */
  service: z.string(),
  action: z.string(),
  resource: z.enum(['app', 'master', 'machine', 'execution', 'topic', 'none']),
  /** The test file that had it made. */
  origin: z.string(),
});
export type ObservedCall = z.infer<typeof observedCall>;

/** @param text one JSON document per line */
export const readCalls = (text: string): ObservedCall[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => observedCall.parse(JSON.parse(line)));

/** Everything that the processes of a test run noted, in the files of a folder. */
export const readCallsIn = (folder: string): ObservedCall[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => readCalls(readFileSync(join(folder, name), 'utf8')));
