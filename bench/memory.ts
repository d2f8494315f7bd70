import { randomUUID } from 'node:crypto';
import { cpus } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';
import pc from 'picocolors';
import { withApplicationDatabase } from '../local/application/application-database';
import { makeCast } from '../local/application/cast';
import { applyDeployerSettings } from '../local/application/deployer-settings';
import { createFirstUser } from '../local/application/first-user';
import { withLentServer } from '../local/application/lent-server';
import { seedSecrets } from '../local/application/seed-secrets';
import type { DatabaseServer } from '../local/database/database-server';
import { withBundledStack } from '../local/lab/bundled-stack';
import { runProgram, strict } from '../local/lab/command-line';
import { interruptible } from '../local/lab/interruption';
import type { Usage } from '../local/lambda/usage';
import { LAB_ACCOUNT } from '../local/stack/account';
import type { DeployedStack } from '../local/stack/deployed-stack';
import { withStackServices } from '../local/stack/stack-services';
import { figuresOf, type FunctionFigures } from './memory-figures';
import { rotateInEveryWay } from './memory-rotations';
import { figuresTable } from './memory-table';

/**
 * Memory, CPU and time of every Lambda, from its packaged bundle, in whole rotations against a real server. Each call
 * is the first of its process, as it nearly always is when a secret is rotated once a month.
 */

interface Options {
  runs: number;
  packages?: string;
  json: boolean;
}

const progress = (text: string): void => void process.stderr.write(`${pc.dim(text)}\n`);

function parseRuns(text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected a whole number from 1 to 999.');
}

async function measure(server: DatabaseServer, { runs, packages }: Options): Promise<FunctionFigures[]> {
  const cast = makeCast('bench');
  const usages = new Map<string, Usage[]>();
  const onUsage = (key: string, usage: Usage): void => {
    usages.set(key, [...(usages.get(key) ?? []), usage]);
  };
  let figures: FunctionFigures[] = [];
  await withApplicationDatabase(server, cast, () =>
    withBundledStack({ bundled: packages ?? true, verbose: false, account: LAB_ACCOUNT, onUsage }, (stack) =>
      withStackServices(stack, { stepFunctions: { timeScale: 0 } }, async (services) => {
        const password = randomUUID();
        await createFirstUser(server, cast, password);
        const names = { app: 'bench/app', master: 'bench/master' };
        const { seed } = services.secretsManager;
        const arns = seedSecrets(seed, { server, cast, names }, password);
        applyDeployerSettings(server, cast, { masterArn: arns.master, services: services.environment });
        await rotateInEveryWay(stack, services, { secretId: arns.app, runs, onRun: progress });
        const rotated = new Set(usages.keys());
        await loadTheOthers(stack, rotated, runs);
        figures = stack.functions.map((deployed) =>
          figuresOf(deployed, usages.get(deployed.key) ?? [], !rotated.has(deployed.key)),
        );
      }),
    ),
  );
  return figures;
}

/** Functions that no rotation calls refuse an empty event at once: what is left is their loading. */
async function loadTheOthers(
  { functions }: DeployedStack,
  rotated: ReadonlySet<string>,
  runs: number,
): Promise<void> {
  for (const { key, invoke } of functions.filter((deployed) => !rotated.has(deployed.key))) {
    for (let run = 0; run < runs; run += 1) await invoke({}).catch(() => undefined);
    progress(`${key}, loaded only`);
  }
}

const program = strict(new Command('bench:memory'))
  .description('memory, CPU and time of every packaged Lambda in whole rotations, on a private MySQL')
  .option('--runs <number>', 'rotations in each way that one begins', parseRuns, 5)
  .option('--packages <folder>', 'what "npm run package" wrote; by default packaged now')
  .option('--json', 'print one JSON document', false)
  .action((options: Options) =>
    interruptible(({ signal }) =>
      withLentServer(progress, signal, async (server) => {
        const functions = await measure(server, options);
        const { product, version } = server;
        const machine = { cpu: cpus()[0]?.model ?? '', node: process.version, architecture: process.arch };
        const report = { runs: options.runs, machine, server: { product, version }, functions };
        process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : figuresTable(functions));
      }),
    ),
  );

void runProgram(program);
