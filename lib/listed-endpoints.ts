import { canonicalHost } from './databases/host-name';

/** A host and port that the deployer says belongs to one master. */
export interface ListedEndpoint {
  masterArn: string;
  host: string;
  port: number;
}

/** The ARN of a master's secret, which may contain `=` itself, then a host name or an IPv6 address in brackets. */
const ENTRY = /^(?:(?<master>\S+)=)?(?<host>[^\s:/=,[\]]+|\[[0-9A-Fa-f:.]+\]):(?<port>0|[1-9]\d*)$/;

const FORM = 'host:port, or <ARN of the master secret>=host:port';

/**
 * Reads the items of DB_ENDPOINTS. An endpoint belongs to one master: with several, each entry must say to which,
 * or one master's password could be sent to the server of another.
 * @param complain is given what is wrong, and throws
 */
export function readEndpoints(
  entries: readonly string[],
  masterSecretArns: readonly string[],
  complain: (problem: string) => never,
): ListedEndpoint[] {
  return entries.map((entry) => {
    const { master, host = '', port = '' } = ENTRY.exec(entry)?.groups ?? {};
    if (host === '') return complain(`expected ${FORM}, several separated by commas; found "${entry}"`);
    if (Number(port) < 1 || Number(port) > 65_535) {
      return complain(`expected a port from 1 to 65535; found "${entry}"`);
    }
    const [only = '', ...others] = masterSecretArns;
    if (master === undefined && others.length > 0) {
      return complain(
        `expected whose endpoint "${entry}" is, because MASTER_SECRET_ARN lists several masters; for example ${only}=${entry}`,
      );
    }
    if (master !== undefined && !masterSecretArns.includes(master)) {
      return complain(`expected a master that MASTER_SECRET_ARN lists before the "="; found "${entry}"`);
    }
    return { masterArn: master ?? only, host: canonicalHost(host), port: Number(port) };
  });
}
