import { existsSync, readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { ConfigurationError } from '../../../errors';

/** The oldest that is spoken. */
export const TLS_VERSION = 'TLSv1.2';

/** Where the Lambda runtime keeps RDS's authorities; Node does not trust them by itself since Node 20. */
const RUNTIME_BUNDLE = '/var/runtime/ca-cert.pem';

/**
 * Authorities for the database: the deployer's bundle alone, or else the public roots (RDS Proxy's
 * certificates are public ones) with the runtime's.
 * @throws {ConfigurationError} when the deployer's bundle cannot be read.
 */
export function readAuthorities(caBundlePath: string | undefined): string[] {
  if (caBundlePath === undefined) {
    return existsSync(RUNTIME_BUNDLE)
      ? [...rootCertificates, readFileSync(RUNTIME_BUNDLE, 'utf8')]
      : [...rootCertificates];
  }
  try {
    return [readFileSync(caBundlePath, 'utf8')];
  } catch {
    throw new ConfigurationError(`DB_CA_BUNDLE_PATH ${caBundlePath} cannot be read: expected a PEM file`);
  }
}
