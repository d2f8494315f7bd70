import { measure } from '../lib/metrics';
import { reportAge, scheduledCall } from '../lib/reporting/report-age';
import { ageConfig, now, versionDates } from '../lib/runtime';
import { defineStep } from '../lib/step';

/** Called by EventBridge Scheduler every hour: measures how old each secret's current version is. Safe to repeat. */
export const handler = defineStep({
  name: 'ReportAge',
  input: scheduledCall,
  run: () => reportAge({ ...ageConfig(), versions: versionDates(), measure, now }),
});
