import type { GlobalConfig } from 'jest';
import { isWholeSuite, judgeRecordedCalls } from './aws-call-recorder';
import './global-setup';

export default async function globalTeardown(globalConfig: GlobalConfig): Promise<void> {
  await globalThis.testDatabaseServer?.stop();
  await judgeRecordedCalls({ isWhole: isWholeSuite(globalConfig) });
}
