import { Command } from 'commander';
import { addCloneCommand } from './lab/clone-command';
import { runProgram, strict } from './lab/command-line';
import { addRotateCommand } from './lab/rotate-command';

/** The service on one machine, with any Secrets Manager and any database that can be reached. */
const lab = strict(new Command('lab')).description('run the steps and the state machine of this checkout');
addRotateCommand(lab);
addCloneCommand(lab);
void runProgram(lab);
