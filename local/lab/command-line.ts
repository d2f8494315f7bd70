import { Console } from 'node:console';
import { CommanderError, type Command } from 'commander';
import { messageOf } from '../database/failure';

/** What a shell expects of a command that was called wrongly; commander's own default is 1, which is a failure here. */
const USAGE_EXIT_CODE = 2;

/**
 * Makes a program whose wrong use ends with 2. To be called before subcommands are added: they inherit it.
 */
export function strict(program: Command): Command {
  return program.exitOverride().showHelpAfterError('(--help tells more)');
}

/**
 * Runs a program to its end. Standard output is for its result alone, so that it can be piped into another
 * program: whatever writes to the console, the steps' log included, writes to standard error.
 */
export async function runProgram(program: Command): Promise<void> {
  globalThis.console = new Console(process.stderr);
  try {
    await program.parseAsync();
  } catch (thrown) {
    if (thrown instanceof CommanderError) {
      process.exitCode = thrown.exitCode === 0 ? 0 : USAGE_EXIT_CODE; // commander has said why
      return;
    }
    process.exitCode = 1;
    // No stack: these are a missing server, a wrong setting, a refused connection; the message says what helps.
    console.error(messageOf(thrown));
  }
}
