import { isIP } from 'node:net';
import { literalPattern } from '../connection/quote';
import type { Server } from '../connection/server';
import { patternCovers } from '../rights/pattern';

type Product = Server['product'];

/** How the server sees a client: the host part of `USER()`, and the addresses that may stand behind a name. */
export interface ClientAddress {
  seenAs: string;
  /** The one address, those that a name can stand for, or `undefined` where the name does not tell. */
  addresses: readonly string[] | undefined;
}

/**
 * @param seenAs the host part of `USER()`: an address where the server knows no name for it, a host name otherwise.
 *   A server that resolves names says `localhost` for the loopback addresses of either family.
 */
export function clientAddress(seenAs: string): ClientAddress {
  if (isIP(seenAs) !== 0) return { seenAs, addresses: [seenAs] };
  return { seenAs, addresses: seenAs === 'localhost' ? ['127.0.0.1', '::1'] : undefined };
}

/** Whether an account's host part admits a client; `unknown` when that depends on an address that is not known. */
export type Admission = 'yes' | 'no' | 'unknown';

interface Network {
  base: number;
  mask: number;
  /** MySQL puts CIDR notation before a netmask, whatever their lengths. */
  notation: 'cidr' | 'netmask';
}

function ipv4(text: string): number | undefined {
  if (isIP(text) !== 4) return undefined;
  return text.split('.').reduce((number, part) => number * 256 + Number(part), 0);
}

const networkBits = (length: number): number => 2 ** 32 - 2 ** (32 - length);

const isContiguous = (mask: number): boolean =>
  Array.from({ length: 33 }, (_, length) => networkBits(length)).includes(mask);

/**
 * `a.b.c.d/w.x.y.z`, and on MySQL `a.b.c.d/n`, which MariaDB takes for a host name. MySQL takes a netmask with a
 * gap for one, and both a mask of no bits. Tried on MySQL 9.7 and MariaDB 10.11 and 11.8.
 */
function networkOf(host: string, product: Product): Network | undefined {
  const [address = '', suffix = ''] = host.split('/');
  const base = ipv4(address);
  const netmask = ipv4(suffix);
  if (base === undefined || netmask === 0) return undefined;
  if (netmask !== undefined) {
    const isNetwork = product === 'MariaDB' || isContiguous(netmask);
    return isNetwork ? { base, mask: netmask, notation: 'netmask' } : undefined;
  }
  const isCidr = product === 'MySQL' && /^([1-9]|[12]\d|3[0-2])$/.test(suffix);
  return isCidr ? { base, mask: networkBits(Number(suffix)), notation: 'cidr' } : undefined;
}

/** Bitwise AND of unsigned 32 bit numbers. */
const masked = (address: number, mask: number): number => (address & mask) >>> 0;

/** Host parts are patterns as database names are, without regard to case. */
function matches(pattern: string, text: string): boolean {
  return patternCovers(pattern.toLowerCase(), literalPattern(text.toLowerCase()));
}

function admitsAddress(host: string, network: Network | undefined, address: string): boolean {
  if (network === undefined) return matches(host, address);
  const number = ipv4(address);
  return number !== undefined && masked(number, network.mask) === network.base;
}

/** Characters of an address and wildcards: what could match one. */
const LIKE_AN_ADDRESS = /^[0-9a-f.:%_/]*$/i;

/** @param host the host part of an account; an empty one means any host, as `%` does. */
export function admits(host: string, client: ClientAddress, product: Product): Admission {
  const network = networkOf(host, product);
  if (host === '' || host === '%') return 'yes';
  if (network === undefined && matches(host, client.seenAs)) return 'yes';
  if (client.addresses === undefined) return LIKE_AN_ADDRESS.test(host) ? 'unknown' : 'no';
  const admitted = client.addresses.filter((address) => admitsAddress(host, network, address)).length;
  if (admitted === 0) return 'no';
  return admitted === client.addresses.length ? 'yes' : 'unknown';
}

const countOf = (text: string, characters: RegExp): number => [...text.matchAll(characters)].length;

/** Sorts before: MySQL's ACL_compare in sql_auth_cache.cc, tried on 9.7. */
function mysqlRank(host: string): number[] {
  const network = networkOf(host, 'MySQL');
  if (isIP(host) === 4) return [3, 0, 0];
  if (network !== undefined) return [network.notation === 'cidr' ? 2 : 1, network.mask, 0];
  if (host === '' || host === '%') return [0, 0, host.length];
  const wildcard = host.replaceAll(/\\[\s\S]/g, 'x').search(/[%_]/);
  return [0, wildcard === -1 ? 128 : Math.min(wildcard + 1, 127), 1];
}

/** MariaDB's get_magic_sort in sql_acl.cc, tried on 10.11 and 11.8: fewer characters left open come first. */
function mariadbRank(host: string): number[] {
  const network = networkOf(host, 'MariaDB');
  if (network !== undefined) return [2, network.mask, 0];
  if (host.includes('%') || host === '') return [0, countOf(host, /[^%]/g), host.length];
  return host.includes('_') ? [1, countOf(host, /[^_]/g), 0] : [2, networkBits(32), 0];
}

/** Sorts accounts as the server does when it looks for the one that a client is taken for: the most specific first. */
export function moreSpecific(one: string, other: string, product: Product): number {
  const rank = product === 'MySQL' ? mysqlRank : mariadbRank;
  const [left, right] = [rank(one), rank(other)];
  const differing = left.findIndex((part, index) => part !== right[index]);
  return differing === -1 ? 0 : (right[differing] ?? 0) - (left[differing] ?? 0);
}
