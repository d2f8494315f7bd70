import { Command } from 'commander';
import { addCloneCommand } from './lab/clone-command';
import { runProgram, strict } from './lab/command-line';
import { addHistoryCommand } from './lab/history-command';
import { addRedriveCommand } from './lab/redrive-command';
import { addRotateCommand } from './lab/rotate-command';
import { addRotateSecretCommand } from './lab/rotate-secret-command';
import { addStartExecutionCommand } from './lab/start-execution-command';
import { addUpCommand } from './lab/up-command';

/** The service on one machine, with any Secrets Manager and any database that can be reached. */
const lab = strict(new Command('lab')).description(
  'run the steps and the state machine of this checkout, or all that they are deployed to',
);
addUpCommand(lab);
addRotateSecretCommand(lab);
addStartExecutionCommand(lab);
addHistoryCommand(lab);
addRedriveCommand(lab);
addRotateCommand(lab);
addCloneCommand(lab);
void runProgram(lab);
