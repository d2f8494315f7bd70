import { formatSeconds } from '../lab/format-seconds';
import type { DemoView } from './demo-view';
import { isTimed } from './timed-states';

/** One line per event, for logs and pipes. */
export function plainView(): DemoView {
  const line = (text: string): void => void process.stderr.write(`${text}\n`);
  let isShown = false;
  return {
    progress: line,
    follow: () => {
      line('the application logs in with AWSCURRENT all the time');
    },
    rotationBegins: (title, situation) => {
      line(`${title}: ${situation}`);
    },
    onEvent: (event) => {
      if (event.kind === 'state-entered') isShown = isTimed(event.type);
      else if (event.kind === 'attempt-failed') line(`  ${event.state}: ${event.error}: ${event.cause}`);
      else if (event.kind === 'state-exited' && isShown) {
        line(`  ${event.state} ${formatSeconds(event.durationMs)}`);
      }
    },
    rotationEnds: (_rotation, outcome) => {
      line(`  ${outcome}`);
    },
    close: () => undefined,
  };
}
