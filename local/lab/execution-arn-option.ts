import { InvalidArgumentError, Option } from 'commander';
import type { AwsOptions } from './aws-settings';

function parseExecutionArn(text: string): string {
  if (/^arn:[\w-]+:states:[\w-]+:\d{12}:execution:./.test(text)) return text;
  throw new InvalidArgumentError('Expected arn:aws:states:<Region>:<account>:execution:<machine>:<name>.');
}

export function executionArnOption(description: string): Option {
  return new Option('--execution-arn <arn>', description).argParser(parseExecutionArn);
}

/** What an ARN names is found in its own Region only. */
export function inRegionOf<Options extends AwsOptions>(arn: string, options: Options): Options {
  const region = options.region ?? arn.split(':')[3];
  return region === undefined ? options : { ...options, region };
}
