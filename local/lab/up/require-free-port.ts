import { once } from 'node:events';
import { createServer } from 'node:net';
import { codeOf, messageOf } from '../../database/failure';

/**
 * Asked before anything is started.
 * @throws {Error} naming the option with which another port is chosen.
 */
export async function requireFreePort(port: number, option: string): Promise<void> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    server.close();
    await once(server, 'close');
  } catch (error) {
    const why = codeOf(error) === 'EADDRINUSE' ? 'is in use, perhaps by another lab' : messageOf(error);
    throw new Error(`127.0.0.1:${port} ${why}: choose another port with ${option}`);
  }
}
