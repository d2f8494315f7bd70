import type { ExecutionEvent } from '../state-machine/execution-record';
import type { Tally } from './application';
import type { DemoRotation } from './demo-report';
import { plainView } from './plain-view';
import { spinnerView } from './spinner-view';

/** What is seen of the demo while it runs; it goes to standard error. */
export interface DemoView {
  progress: (message: string) => void;
  /** From now on the application's logins can be shown. */
  follow: (tally: Readonly<Tally>) => void;
  rotationBegins: (title: string, situation: string) => void;
  onEvent: (event: ExecutionEvent) => void;
  rotationEnds: (rotation: DemoRotation, outcome: string) => void;
  /** Gives the terminal back. */
  close: () => void;
}

/**
 * Lines that move, where somebody looks at them and no log would tear them. A terminal that does not tell its
 * width gets plain ones: ora would redraw an endless number of lines on it.
 */
export function chooseView({ verbose }: { verbose: boolean }): DemoView {
  const { isTTY, columns } = process.stderr;
  return isTTY && columns > 0 && !verbose ? spinnerView() : plainView();
}
