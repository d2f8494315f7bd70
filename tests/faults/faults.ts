/** `npm run faults`: makes faults of every kind while rotations run, and reports which invariants held. */
import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';
import { runProgram, strict } from '../../local/lab/command-line';
import { interruptible } from '../../local/lab/interruption';
import { printResult } from '../../local/lab/print-result';
import { newReport, type FaultReport } from './fault-report';
import { jobsFor } from './jobs';
import { kinds } from './kinds';
import { progressLine } from './progress-line';
import { reportTable } from './report-table';
import { runJobs } from './run-jobs';
import { withSurroundings } from './surroundings';
import { writeDocument } from './write-document';

interface Options {
  json: boolean;
  only?: string;
  seed: number;
  bounded: boolean;
  processes: number;
  write: boolean;
  packaged?: string;
}

const LARGEST_SEED = 2 ** 31 - 1;

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`expected a whole number from ${least} to ${most}`);
  };
}

async function run(options: Options, signal: AbortSignal): Promise<FaultReport> {
  const { jobs, wanted } = jobsFor(options);
  const report = newReport(options.seed, wanted);
  await withSurroundings(options.packaged, async (environment) => {
    const progress = progressLine(report, jobs.length);
    try {
      const { processes } = options;
      await runJobs({ jobs, processes, environment, report, onProgress: progress.show, signal });
    } finally {
      progress.close();
    }
  });
  return report;
}

const program = strict(new Command('faults'))
  .description('crash, pause, repeat, cut and starve rotations everywhere, and tell which invariants held')
  .option('--json', 'print one JSON document', false)
  .option(
    '--only <name>',
    'one kind, one of its parts or one point: kind, kind:part, kind/point, kind:part/point',
  )
  .option(
    '--seed <number>',
    'repeats the choices of an earlier run',
    wholeNumber(0, LARGEST_SEED),
    20_261_121,
  )
  .option('--bounded', 'the part that CI runs: every point of one variant, and a sample of the rest', false)
  .option('--processes <number>', 'at the same time', wholeNumber(1, 64), availableParallelism())
  .option('--write', 'write the table into docs/reliability.md', false)
  .option('--packaged <folder>', 'what npm run package wrote; by default it is made anew')
  .addHelpText(
    'after',
    `
Kinds: ${kinds.map(({ name }) => name).join(', ')}.

Exit code: 0 every invariant held, 1 something is broken, 2 wrong use.`,
  );

program.action(async (options: Options) => {
  if (options.only !== undefined && jobsFor(options).jobs.length === 0) {
    program.error(`--only: no kind or part is called "${options.only}"`);
  }
  if (options.write && (options.only !== undefined || options.bounded)) {
    program.error('--write: the document tells of a whole run; leave out --only and --bounded');
  }
  await interruptible(async ({ signal, exitCode }) => {
    const report = await run(options, signal);
    printResult(options.json, report, reportTable(report));
    if (options.write && !signal.aborted) await writeDocument(report);
    process.exitCode = exitCode() ?? (report.broken.length === 0 ? 0 : 1);
  });
});

void runProgram(program);
