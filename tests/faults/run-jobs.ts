import { fork } from 'node:child_process';
import { join } from 'node:path';
import { addBroken, addTo, type FaultReport } from './fault-report';
import type { Job, Message } from './messages';

interface RunOptions {
  jobs: readonly Job[];
  /** How many processes run at the same time. */
  processes: number;
  environment: Readonly<Record<string, string | undefined>>;
  report: FaultReport;
  /** Told after every point, and when a job has ended. */
  onProgress: (job: Job, isEnded: boolean) => void;
  signal: AbortSignal;
}

/** Runs every job in a process of its own and adds what it says to the report. A process that dies is a fault. */
export async function runJobs(options: RunOptions): Promise<void> {
  const waiting = [...options.jobs];
  const work = async (): Promise<void> => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      if (!options.signal.aborted) await runJob(job, options);
    }
  };
  await Promise.all(Array.from({ length: options.processes }, work));
}

async function runJob(job: Job, { environment, report, onProgress, signal }: RunOptions): Promise<void> {
  const start = process.hrtime.bigint();
  const child = fork(join(__dirname, 'fault-process.ts'), [], {
    execArgv: ['--import', 'tsx'],
    env: { ...environment, FAULT_JOB: JSON.stringify(job) },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'], // handlers log to standard output, which is the report's
    signal,
  });
  const told = { isEnded: false };
  child.on('message', (message) => {
    const said = message as Message;
    if (said.type === 'ended') told.isEnded = true;
    else addTo(report, job.kind, said);
    onProgress(job, false);
  });
  child.on('error', () => undefined); // an abort is told by the end that follows
  const [code, killedBy] = await new Promise<[number | null, string | null]>((resolve) => {
    child.once('close', (...end) => {
      resolve(end);
    });
  });
  if (!told.isEnded && !signal.aborted) {
    const end = killedBy ?? `exit code ${String(code)}`;
    addBroken(report, job.kind, job.part, `the process that made the faults ended early: ${end}`);
  }
  const row = report.byKind[job.kind];
  if (row !== undefined) row.seconds += Math.round(Number(process.hrtime.bigint() - start) / 1e9);
  onProgress(job, true);
}
