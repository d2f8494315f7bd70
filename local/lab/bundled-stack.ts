import { withPackagedService } from '../lambda/package-service';
import type { StackAccount } from '../stack/account';
import { withDeployedStack } from '../stack/deploy-stack';
import type { DeployedStack, StackSettings } from '../stack/deployed-stack';
import { functionSettings } from './function-settings';

interface BundledOptions {
  /** A folder that `serverless package` wrote; `true` packages this checkout now. */
  bundled: string | true;
  /** Show the functions' log. */
  verbose: boolean;
  account: StackAccount;
  onUsage?: StackSettings['onUsage'];
}

/** Settings that become numbers of the template, and therefore have to be known when it is packaged. */
const PACKAGED = /^(?:(?:DB|RDS)_\w+_(?:WAIT|RETRIES|RETRY_DELAY)|PREFLIGHT_CONCURRENCY)$/;

const packagedSettings = (): Record<string, string> =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => PACKAGED.test(name))) as Record<
    string,
    string
  >;

/** Lends the packaged service, deployed on this machine with the settings of this process's environment. */
export function withBundledStack<Result>(
  { bundled, account, onUsage, ...options }: BundledOptions,
  use: (stack: DeployedStack) => Promise<Result>,
): Promise<Result> {
  const settings = { ...functionSettings(options), ...(onUsage && { onUsage }) };
  const deploy = (folder: string): Promise<Result> => withDeployedStack(folder, { account, settings }, use);
  return bundled === true
    ? withPackagedService({ environment: packagedSettings() }, deploy)
    : deploy(bundled);
}
