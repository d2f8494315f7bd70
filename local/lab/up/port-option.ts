import { InvalidArgumentError, Option } from 'commander';

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new InvalidArgumentError('Expected a port from 0 to 65535.');
  return port;
}

export function portOption(flag: string, title: string, port: number): Option {
  return new Option(`${flag} <port>`, `where ${title} listens on 127.0.0.1; 0 takes any free port`)
    .argParser(parsePort)
    .default(port);
}
