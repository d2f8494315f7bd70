import type { ServiceEvent } from '../../aws/secrets-manager/rotation/service-event';
import type { ExecutionStatusChange } from '../../aws/step-functions/status-change';

/** What both services tell while they run, as lines. The message of an error is the history's to tell. */
interface Narrator {
  onEvent: (event: ServiceEvent) => void;
  onStatusChange: (change: ExecutionStatusChange) => void;
}

export function narrator(line: (text: string) => void): Narrator {
  const timed = (text: string): void => {
    line(`${new Date().toISOString().slice(11, 19)} ${text}`);
  };
  return {
    onEvent: ({ name, versionId, error }) => {
      timed(`Secrets Manager: ${name}, version ${versionId}${error === undefined ? '' : `: ${error}`}`);
    },
    onStatusChange: ({ executionArn, status, error, redriveCount }) => {
      const again = status === 'RUNNING' && redriveCount > 0 ? `, redrive ${redriveCount}` : '';
      timed(`Step Functions: ${status}${again}${error === null ? '' : `, ${error}`}, ${executionArn}`);
    },
  };
}
