/**
 * One spelling for each host, so that two documents that name one server can be compared, and so that what was
 * compared is what is connected to: lower case, no dot at the end, IPv6 addresses without brackets and in the
 * form of RFC 5952. Names are not resolved; another name of the same server stays another name.
 */
export function canonicalHost(text: string): string {
  const host = text.toLowerCase();
  const address = host.replace(/^\[(.*)\]$/, '$1');
  const url = `http://[${address}]/`;
  if (/^[0-9a-f:.]+$/.test(address) && URL.canParse(url)) return new URL(url).hostname.slice(1, -1);
  return host.length > 1 && host.endsWith('.') ? host.slice(0, -1) : host;
}

/** `host:port` as people write it: the address of IPv6 is in brackets. */
export function hostAndPort({ host, port }: { host: string; port: number }): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
