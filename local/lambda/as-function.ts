import { callLog, notingCalls } from './call-log.cjs';

/**
 * Gives a handler the name under which it is deployed. What it does stays the same; in a test run that notes the
 * calls to AWS, they count as this function's.
 * @param name its key in serverless.yml, such as `setSecret`
 */
export function asFunction<Given extends unknown[], Result>(
  name: string,
  handler: (...given: Given) => Promise<Result>,
): (...given: Given) => Promise<Result> {
  return (...given) => notingCalls(name, callLog(), () => handler(...given));
}
