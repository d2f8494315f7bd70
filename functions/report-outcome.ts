import { measure } from '../lib/metrics';
import { executionEnded } from '../lib/reporting/execution-ended';
import { reportOutcome } from '../lib/reporting/report-outcome';
import { executionRecords, notices, noticeConfig } from '../lib/runtime';
import { defineStep } from '../lib/step';

/**
 * Called by EventBridge when an execution has ended: measures it, and tells people when it did not succeed. Safe
 * to repeat: a repetition counts once more and sends a second notice, which says that it may be one.
 */
export const handler = defineStep({
  name: 'ReportOutcome',
  input: executionEnded,
  run: (event) =>
    reportOutcome(event, {
      executions: executionRecords(),
      notices: notices(),
      measure,
      runbookUrl: noticeConfig().runbookUrl,
    }),
});
