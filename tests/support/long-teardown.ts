import { judgeRecordedCalls } from './aws-call-recorder';
import './global-setup';

/** The long tests use a few of the permissions only, so that one which they do not use is no fault. */
export default async function longTeardown(): Promise<void> {
  await globalThis.testDatabaseServer?.stop();
  await judgeRecordedCalls({ isWhole: false });
}
