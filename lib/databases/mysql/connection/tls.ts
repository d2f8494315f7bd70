import { existsSync, readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import type { SslOptions } from 'mysql2';
import { ConfigurationError } from '../../../errors';

/** Where the Lambda runtime keeps RDS's authorities; Node does not trust them by itself since Node 20. */
const RUNTIME_BUNDLE = '/var/runtime/ca-cert.pem';

/**
 * Authorities for the database: the deployer's bundle alone, or else the public roots (RDS Proxy's
 * certificates are public ones) with the runtime's.
 * @throws {ConfigurationError} when the deployer's bundle cannot be read.
 */
function readAuthorities(caBundlePath: string | undefined): string[] {
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

/** TLS as it must be: chain and host name verified (the driver leaves the name unchecked by itself), 1.2 or newer. */
export function verifiedTls(caBundlePath: string | undefined): SslOptions {
  return {
    ca: readAuthorities(caBundlePath),
    minVersion: 'TLSv1.2',
    rejectUnauthorized: true,
    verifyIdentity: true,
  };
}
