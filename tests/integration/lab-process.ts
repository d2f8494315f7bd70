import { once } from 'node:events';
import { createConnection } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { LabDocument } from '../../local/lab/up/lab-document';
import { start, type Command, type CommandOptions } from './command';

const ANY_PORTS = ['--secrets-manager-port', '--step-functions-port', '--cloudtrail-port'].flatMap((port) => [
  port,
  '0',
]);

/** Starts `lab up`, without waits and on free ports. */
export function startUp(args: string[], options: CommandOptions = {}): Command {
  return start('local/lab.ts', ['up', '--json', '--time-scale', '0', ...ANY_PORTS, ...args], options);
}

/** What it prints when it is ready; it goes on running. */
export async function documentOf({ child, ended }: Command): Promise<LabDocument> {
  let text = '';
  const printed = new Promise<string>((resolve) => {
    child.stdout?.on('data', (chunk: string) => {
      text += chunk;
      if (text.endsWith('}\n')) resolve(text);
    });
  });
  const early = ended.then(({ stderr }) => Promise.reject(new Error(stderr)));
  return JSON.parse(await Promise.race([printed, early])) as LabDocument;
}

/** Whether somebody listens there. */
export async function isListening(url: string): Promise<boolean> {
  const socket = createConnection(Number(new URL(url).port), '127.0.0.1');
  const isOpen = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  socket.destroy();
  return isOpen;
}

/** Until the test's own time is over. */
export async function until(isTrue: () => Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await delay(100);
}
