import type { Bench } from '../bench';
import type { EvidenceSource } from '../evidence';

interface Answer {
  $metadata: { requestId?: string | undefined };
}

/** Makes a call and takes it as evidence, with the time at which it was sent and the request id of its answer. */
export async function notedCall<Given extends Answer>(
  { evidence }: Pick<Bench, 'evidence'>,
  source: EvidenceSource,
  call: Promise<Given>,
  what: string | ((answer: Given) => string),
): Promise<Given> {
  const at = new Date().toISOString();
  const answer = await call;
  const { requestId } = answer.$metadata;
  evidence.add({
    at,
    source,
    what: typeof what === 'string' ? what : what(answer),
    ...(requestId !== undefined && { requestId }),
  });
  return answer;
}
