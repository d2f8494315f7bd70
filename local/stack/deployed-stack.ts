import type { Invoke } from '../lambda/in-process';
import type { Usage } from '../lambda/usage';

/** A Lambda function as it is after a deployment. */
export interface DeployedFunction {
  /** FunctionName, such as `stepwise-rotation-local-setSecret`. */
  name: string;
  arn: string;
  /** Key in serverless.yml. */
  key: string;
  logicalId: string;
  memoryMb: number;
  /** Runs its bundle in a process of its own. */
  invoke: Invoke;
}

export interface DeployedMachine {
  name: string;
  arn: string;
  logicalId: string;
  roleArn: string;
  /** Amazon States Language as JSON text, whose Tasks name functions by their ARNs. */
  definition: string;
}

/** What a packaged template makes of an account, as far as the lab can run it. */
export interface DeployedStack {
  functions: readonly DeployedFunction[];
  machines: readonly DeployedMachine[];
}

/** What surrounds the functions of a stack. */
export interface StackSettings {
  /**
   * A deployer's parameters, in place of those that the template was packaged with. A function is given those only
   * which the template gives it, so that one which is missing in serverless.yml is missing here.
   */
  parameters: () => Readonly<Record<string, string | undefined>>;
  /** What a function has from Lambda and not from the template: Region, credentials, where AWS is. */
  runtime: () => Promise<Readonly<Record<string, string>>>;
  onLog?: (text: string) => void;
  onUsage?: (functionKey: string, usage: Usage) => void;
}
