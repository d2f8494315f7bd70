import type { Share, Usage } from '../local/lambda/usage';

/** Sizes that are worth comparing, in MB. */
export const SIZES_MB = [128, 256, 512, 1_024] as const;

/**
 * "At 1,769 MB, a function has the equivalent of one vCPU", and CPU grows in proportion to memory (AWS Lambda
 * developer guide, "Configure Lambda function memory").
 */
const ONE_VCPU_MB = 1_769;

/** What one Lambda takes. Medians, but for memory, whose maximum counts. */
export interface FunctionFigures {
  name: string;
  /** In the template. */
  memoryMb: number;
  invocations: number;
  /** No rotation calls it: it was given an empty event, and only its loading says something. */
  isLoadOnly: boolean;
  maxRssMb: { median: number; maximum: number };
  /** Start of Node, of which the bundle has no part. */
  start: Share;
  load: Share;
  invocation: Share;
  /** Milliseconds of a cold start with its invocation, by memory in MB. */
  estimatedMs: Record<number, number>;
}

export function figuresOf(
  { key: name, memoryMb }: { key: string; memoryMb: number },
  usages: readonly Usage[],
  isLoadOnly: boolean,
): FunctionFigures {
  const rss = usages.map(({ maxRssKib }) => maxRssKib / 1_024);
  const part = (share: keyof Omit<Usage, 'maxRssKib'>): Share => ({
    cpuMs: round(median(usages.map((usage) => usage[share].cpuMs))),
    wallMs: round(median(usages.map((usage) => usage[share].wallMs))),
  });
  const estimates = SIZES_MB.map((sizeMb) => [
    sizeMb,
    Math.round(median(usages.map((usage) => estimate(usage, sizeMb)))),
  ]);
  return {
    name,
    memoryMb,
    invocations: usages.length,
    isLoadOnly,
    maxRssMb: { median: round(median(rss)), maximum: round(Math.max(...rss)) },
    start: part('start'),
    load: part('load'),
    invocation: part('invocation'),
    estimatedMs: Object.fromEntries(estimates) as Record<number, number>,
  };
}

/** What was waited for takes as long as here; what was computed takes longer on less than one vCPU. */
function estimate({ start, load, invocation }: Usage, sizeMb: number): number {
  const cpuMs = start.cpuMs + load.cpuMs + invocation.cpuMs;
  const waitedMs = Math.max(0, start.wallMs + load.wallMs + invocation.wallMs - cpuMs);
  return waitedMs + cpuMs / Math.min(1, sizeMb / ONE_VCPU_MB);
}

/** The upper one of the two in the middle. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

const round = (value: number): number => Math.round(value * 10) / 10;
