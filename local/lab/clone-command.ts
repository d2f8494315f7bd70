import type { Command } from 'commander';
import { RotationError } from '../../lib/errors';
import { cloneUser } from '../clone-user';
import { countCalls } from '../call-counter';
import { useExternalServer } from '../database/external-server';
import { messageOf } from '../database/failure';
import { cloneReport, cloneText } from './clone-report';

interface Options {
  server: string;
  current: string;
  standby: string;
  passwordEnv: string;
  allowMissing: string;
  plan: boolean;
  takeOver: boolean;
  json: boolean;
}

/** The text before and after the last `@`: a user name may hold one, a host may not. */
function splitUser(text: string): { current: string; host: string | undefined } {
  const at = text.lastIndexOf('@');
  return at === -1
    ? { current: text, host: undefined }
    : { current: text.slice(0, at), host: text.slice(at + 1) };
}

/** `lab clone`: the account engine by itself, for one pair of users. */
export function addCloneCommand(program: Command): void {
  const command = program
    .command('clone')
    .description('make one database user an exact copy of another')
    .requiredOption('--server <url>', 'mysql://admin:password@host:port[?ca=/path/to/ca.pem | ?ssl=false]')
    .requiredOption('--current <user[@host]>', 'whose accounts are copied; all hosts unless one is named')
    .requiredOption('--standby <user>', 'who is made a copy')
    .requiredOption('--password-env <name>', "environment variable with the standby's password")
    .option('--allow-missing <rights>', 'rights that may be left out, separated by commas', '')
    .option('--plan', 'show the statements, secrets left out, and change nothing', false)
    .option('--take-over', 'also a standby that is the user of a rotated secret', false)
    .option('--json', 'print one JSON document', false)
    .addHelpText('after', '\nExit code: 0 done, 1 refused (why is on standard error), 2 wrong use.');

  command.action(async (options: Options) => {
    const password = process.env[options.passwordEnv] ?? '';
    if (password === '')
      command.error(`--password-env: the environment variable ${options.passwordEnv} is not set`);
    const server = await useExternalServer(options.server, {
      source: '--server',
      onProgress: (message) => {
        console.error(message);
      },
    }).catch((error: unknown) => command.error(messageOf(error), { exitCode: 1 }));
    const { username, password: adminPassword } = server.admin;
    try {
      const [report, { database }] = await countCalls(() =>
        cloneUser(
          { host: server.host, port: server.port },
          { username, password: adminPassword, tls: server.ssl ? 'verified' : 'off' },
          server.caBundlePath,
          {
            ...splitUser(options.current),
            standby: options.standby,
            password,
            allowMissing: options.allowMissing.split(',').map((right) => right.trim()),
            planOnly: options.plan,
            takeOver: options.takeOver,
          },
        ),
      );
      const result = cloneReport(report, database.statements);
      process.stdout.write(options.json ? `${JSON.stringify(result, null, 2)}\n` : cloneText(result));
    } catch (error) {
      if (!(error instanceof RotationError)) throw error;
      console.error(`${error.name}: ${error.message}`);
      process.exitCode = 1;
    }
  });
}
