import { isIPv6 } from 'node:net';

/** What people write around a host, and what it is called. The host itself is told in no message: it may hold a login. */
const AROUND: readonly (readonly [pattern: RegExp, found: string])[] = [
  [/\s/, 'a blank in it'],
  [/:\/\//, 'a URL'],
  [/[()]/, "a driver's address such as tcp(…)"],
  [/@/, 'a user before an @'],
  [/[,;]/, 'several hosts'],
  [/[/\\]/, 'a path in it'],
  [/[?#&=]/, 'parameters behind it'],
  [/^(?:\[.*\]|[^:[\]]*):\d*$/, 'a port in it'],
];

/** The longest name of the DNS (RFC 1035, section 2.3.4). */
const LONGEST_NAME = 253;

/** Labels of letters of any script, digits, hyphens and underscores; a dot at the end makes a name absolute. */
const NAME = /^[\p{L}\p{M}\p{N}_-]+(?:\.[\p{L}\p{M}\p{N}_-]+)*\.?$/u;

const withoutBrackets = (text: string): string => text.replace(/^\[(.*)\]$/, '$1');

/** What is wrong with a secret's `host`, and what to write; `undefined` for a host name or an IP address. */
export function hostProblem(text: string): string | undefined {
  if (isIPv6(withoutBrackets(text))) return undefined;
  const around = AROUND.find(([pattern]) => pattern.test(text))?.[1];
  if (around !== undefined) {
    return `expected a host name alone, found ${around}; the port belongs into the field port`;
  }
  if (NAME.test(text) && text.length <= LONGEST_NAME) return undefined;
  return 'expected a host name or an IP address, found a character, an empty part or a length that no name has';
}
