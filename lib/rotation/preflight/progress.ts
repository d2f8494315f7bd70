import { RotationError } from '../../errors';
import { LAYERS, layerOf, limitMs, silenceOf, type Layer } from './layers';

export interface LayerVerdict {
  layer: Layer;
  /**
   * `skipped`: the deployer, or the master's secret, does without that layer: TLS when plaintext is asked for,
   * the current login when it may be repaired or no user exists yet.
   */
  verdict: 'passed' | 'skipped';
  durationMs: number;
}

/** Which layers have held so far, and which one is being probed; that one has its own time limit. */
export class Progress {
  readonly verdicts: LayerVerdict[] = [];
  private since = performance.now();
  private readonly end = new AbortController();

  /** @param onSilence is told once, when the layer being probed has given no answer within its limit */
  constructor(private readonly onSilence: (error: RotationError) => void) {
    this.watch();
  }

  /** Aborted when nothing waits for an answer any more. */
  get signal(): AbortSignal {
    return this.end.signal;
  }

  /** The layer being probed; after the last one has passed, the last one. */
  get open(): Layer {
    return LAYERS[this.verdicts.length] ?? 'master-rights';
  }

  /**
   * Closes a layer and opens the next. A layer that is reached anew, with another credential, counts once.
   * @throws when nothing waits for an answer any more: a late walk must not reach into the next invocation.
   */
  pass(layer: Layer, verdict: LayerVerdict['verdict'] = 'passed'): void {
    this.signal.throwIfAborted();
    if (this.open !== layer || this.verdicts.length === LAYERS.length) return;
    const now = performance.now();
    this.verdicts.push({ layer, verdict, durationMs: Math.round(now - this.since) });
    this.since = now;
    this.watch();
  }

  stop(): void {
    this.end.abort();
  }

  private watch(): void {
    const position = this.verdicts.length;
    const layer = LAYERS[position];
    if (layer === undefined) return;
    const expire = () => {
      if (this.verdicts.length === position && !this.signal.aborted) this.onSilence(silenceOf(layer));
    };
    AbortSignal.timeout(limitMs(layer)).addEventListener('abort', expire, { once: true });
  }
}

/**
 * Walks through the layers. What fails keeps its class, and its message begins with its layer.
 * @param walk passes one layer after the other; it is left to itself when a layer stays silent
 */
export async function throughLayers<Result>(walk: (progress: Progress) => Promise<Result>): Promise<Result> {
  let fail: (error: RotationError) => void = () => undefined;
  const silence = new Promise<never>((_resolve, reject) => {
    fail = reject;
  });
  const progress = new Progress(fail);
  try {
    return await Promise.race([walk(progress), silence]);
  } catch (error) {
    if (error instanceof RotationError) {
      error.message = `preflight, layer ${layerOf(error, progress.open)}: ${error.message}`;
    }
    throw error;
  } finally {
    progress.stop();
  }
}
