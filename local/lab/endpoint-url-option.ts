import { InvalidArgumentError, Option } from 'commander';

export function parseEndpointUrl(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new InvalidArgumentError('Expected a URL such as http://127.0.0.1:5000.');
}

/** `--endpoint-url`, called as in the AWS CLI. */
export function endpointUrlOption(description = 'where Secrets Manager is, if not in AWS'): Option {
  return new Option('--endpoint-url <url>', description).argParser(parseEndpointUrl);
}
