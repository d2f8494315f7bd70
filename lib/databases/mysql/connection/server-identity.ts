import { isIP, isIPv6 } from 'node:net';
import { checkServerIdentity, type PeerCertificate } from 'node:tls';

/** The name that TLS sends to the server (RFC 6066, 3): no address, and without the dot that ends a full name. */
export function sentName(host: string): string | undefined {
  return isIP(host) === 0 ? host.replace(/\.$/, '') : undefined;
}

/** An IPv4 address written as IPv6 (RFC 4291, 2.5.5.2), as URLs write every spelling of it. */
const MAPPED = /^\[::ffff:([0-9a-f]+):([0-9a-f]+)\]$/;

/** The IPv4 address that the kernel connects to for a mapped one. */
function mappedAddress(host: string): string | undefined {
  if (!isIPv6(host) || host.includes('%')) return undefined;
  const halves = MAPPED.exec(new URL(`http://[${host}]`).hostname)?.slice(1);
  return halves
    ?.map((half) => Number.parseInt(half, 16))
    .flatMap((half) => [half >> 8, half & 0xff])
    .join('.');
}

/**
 * Compares a server's certificate with the host that is connected to: a name with its DNS names, an address with
 * its IP addresses. A mapped IPv4 address may stand in the certificate in either form.
 * @returns why the certificate is not the host's, or undefined
 */
export function identityProblem(host: string, certificate: PeerCertificate): Error | undefined {
  const mapped = mappedAddress(host);
  const problems = (mapped === undefined ? [host] : [host, mapped]).map((name) =>
    checkServerIdentity(name, certificate),
  );
  return problems.includes(undefined) ? undefined : problems[0];
}
