import { Command } from 'commander';
import { runProgram, strict } from './lab/command-line';
import { addRotateCommand } from './lab/rotate-command';

/** The service on one machine, with any Secrets Manager and any database that can be reached. */
const lab = strict(new Command('lab')).description('run the steps and the state machine of this checkout');
addRotateCommand(lab);
void runProgram(lab);
