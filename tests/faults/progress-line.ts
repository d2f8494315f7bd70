import ora from 'ora';
import type { FaultReport } from './fault-report';
import type { Job } from './messages';

interface ProgressLine {
  show: (job: Job, isEnded: boolean) => void;
  close(): void;
}

/** What the run has come to, on standard error: a line that moves, or a line for each job that ended. */
export function progressLine(report: FaultReport, jobs: number): ProgressLine {
  const spinner = ora({ isSilent: !process.stderr.isTTY }).start();
  let ended = 0;
  return {
    show: ({ kind, part }, isEnded) => {
      const sum = `${report.points} points, ${report.recovered} recovered, ${report.broken.length} broken`;
      if (isEnded) ended += 1;
      spinner.text = `${sum} (${ended} of ${jobs} jobs)`;
      if (!isEnded || process.stderr.isTTY) return;
      process.stderr.write(
        `${part === '' ? kind : `${kind}:${part}`} ended: ${sum} (${ended} of ${jobs} jobs)\n`,
      );
    },
    close: () => {
      spinner.stop();
    },
  };
}
