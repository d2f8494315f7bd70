import { Command } from 'commander';
import { isFlawless } from './demo/demo-report';
import { chooseView } from './demo/demo-view';
import { runDemo, type DemoOptions } from './demo/run-demo';
import { summary } from './demo/summary';
import { runProgram, strict } from './lab/command-line';
import { interruptible } from './lab/interruption';
import { timeScaleOption } from './lab/time-scale';

interface Options extends DemoOptions {
  json: boolean;
}

/** Three rotations on a real server under an application that never stops logging in. */
const demo = strict(new Command('demo'))
  .description(
    'three rotations on a private MySQL (or the server of ROTATION_MYSQL_URL) under a working application',
  )
  .option('--json', 'print one JSON document', false)
  .addOption(timeScaleOption())
  .option('--verbose', "show the steps' log on standard error", false)
  .action((options: Options) =>
    interruptible(async ({ signal, exitCode }) => {
      const view = chooseView(options);
      try {
        const report = await runDemo(options, view, signal);
        view.close();
        process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : summary(report));
        process.exitCode = isFlawless(report) ? 0 : 1;
      } catch (error) {
        view.close();
        const code = exitCode();
        if (code === undefined) throw error;
        process.exit(code); // everything is cleared up; only a server that was still starting may hold us here
      }
    }),
  );

void runProgram(demo);
