import { DatabaseUnavailableError } from '../../../errors';

/** The operating system's code; several addresses that failed together carry the first one's. */
export function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : 'no code';
}

/** What a name server's answer means: ENOTFOUND is an answer, anything else is none. */
export function unresolved(host: string, code: string): DatabaseUnavailableError {
  return new DatabaseUnavailableError(
    code === 'ENOTFOUND'
      ? `${host} does not resolve (${code}): correct host in the secret, or associate its private hosted zone with the Lambda's VPC`
      : `no name server told what ${host} is (${code}): check DNS support of the Lambda's VPC and its resolver rules`,
  );
}

/** What a failed connect(2) means. Only a port that is closed answers at once; a closed firewall says nothing. */
const MEANINGS: ReadonlyMap<string, string> = new Map([
  [
    'ECONNREFUSED',
    'the host answers but nothing listens on that port: check port in the secret, and that the server is running',
  ],
  ['EHOSTUNREACH', "there is no way there: check the Lambda's subnets, route tables and peering"],
  ['ENETUNREACH', "there is no way there: check the Lambda's subnets, route tables and peering"],
  ['ENOTFOUND', 'the host name does not resolve any more: check host in the secret'],
  [
    'ETIMEDOUT',
    "packets are dropped on the way: open the database's security group, and network ACLs, to the Lambda's security group on that port",
  ],
]);

export function unconnected(to: string, code: string): DatabaseUnavailableError {
  const meaning = MEANINGS.get(code) ?? 'check host and port in the secret, security groups and routes';
  return new DatabaseUnavailableError(`no connection to ${to} (${code}): ${meaning}`);
}
