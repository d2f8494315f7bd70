import pc from 'picocolors';
import { formatSeconds } from '../lab/format-seconds';
import type { Tally } from './application';
import type { DemoView } from './demo-view';
import { liveLine } from './live-line';
import { isTimed } from './timed-states';

/** Room for the longest name of a state. */
const NAME_WIDTH = 27;
/** Room for the longest wait. */
const TIME_WIDTH = 8;

const stateLine = (name: string, durationMs: number): string =>
  `${name.padEnd(NAME_WIDTH)} ${formatSeconds(durationMs).padStart(TIME_WIDTH)}`;

/** One spinning line per state, with its clock and the application's logins. */
export function spinnerView(): DemoView {
  const line = liveLine();
  let tally: Readonly<Tally> | undefined;
  let enteredAt = 0;

  const progress = (message: string): void => {
    line.begin(() => message);
  };
  const spin = (state: string): void => {
    line.begin(() => `${stateLine(state, Date.now() - enteredAt)}  ${pc.dim(probeText(tally))}`);
  };

  return {
    progress,
    follow: (application) => {
      tally = application;
      progress('the application logs in with AWSCURRENT all the time');
    },
    rotationBegins: (title, situation) => {
      line.end((last) => last.succeed());
      process.stderr.write(`\n${pc.bold(title)}  ${situation}\n`);
    },
    onEvent: (event) => {
      const { kind, state } = event;
      if (kind === 'state-entered') {
        enteredAt = Date.now();
        if (isTimed(event.type)) spin(state);
      } else if (kind === 'attempt-failed') {
        line.end((last) => last.warn(`${state.padEnd(NAME_WIDTH)} ${event.error}: ${event.cause}`));
      } else if (kind === 'attempt-started') {
        spin(state);
      } else {
        line.end((last) => last.succeed(stateLine(state, event.durationMs)));
      }
    },
    rotationEnds: ({ status }, outcome) => {
      const colour = status === 'SUCCEEDED' ? pc.green : pc.red;
      process.stderr.write(`  ${colour(outcome)}\n`);
    },
    close: () => {
      line.end((last) => last.stop());
    },
  };
}

function probeText(tally: Readonly<Tally> | undefined): string {
  if (tally === undefined) return '';
  const { logins, failed, waiting } = tally;
  if (logins + failed > 0) return `${logins} logins, ${failed} failed`;
  return `the application waits for its user (${waiting} attempts)`;
}
