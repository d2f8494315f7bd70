import type { Config } from '../config';
import type { TlsPolicy } from '../databases/engine';

/**
 * How a login is protected. For the master this is decided by the master's secret and the deployer, for the
 * pending user by the application's secret: whoever may write one cannot weaken the other.
 */
export function tlsPolicy(
  ssl: boolean | undefined,
  { allowPlaintextFallback }: Pick<Config, 'allowPlaintextFallback'>,
): TlsPolicy {
  if (ssl === false) return 'off';
  return ssl === undefined && allowPlaintextFallback ? 'verified-if-offered' : 'verified';
}
