import type { Watch } from './crossing';
import { startWire, type Wire } from './wire';

interface Services {
  secretsManager: { readonly url: string };
  stepFunctions: { readonly url: string };
}

/** AWS's JSON protocols name the operation in a header of each request. */
const operationOf =
  (service: string) =>
  (request: Buffer): string =>
    `${service} ${/x-amz-target: *\w+\.(\w+)/i.exec(request.toString('latin1'))?.[1] ?? ''}`.trim();

/** Wires to both services, and what makes the SDK take them. */
export async function startServiceWires(
  { secretsManager, stepFunctions }: Services,
  watch: Watch,
): Promise<{ wires: Wire[]; environment: Record<string, string> }> {
  const wireTo = ({ url }: { readonly url: string }, service: string): Promise<Wire> =>
    startWire({ host: '127.0.0.1', port: Number(new URL(url).port), nameOf: operationOf(service), watch });
  const wires = await Promise.all([
    wireTo(secretsManager, 'secrets-manager'),
    wireTo(stepFunctions, 'step-functions'),
  ]);
  const [secrets, workflow] = wires.map(({ host, port }) => `http://${host}:${port}`);
  return {
    wires,
    environment: {
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets ?? '',
      AWS_ENDPOINT_URL_SFN: workflow ?? '',
    },
  };
}
