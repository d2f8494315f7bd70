import ora, { type Ora } from 'ora';

const REFRESH_MS = 100;

/** The one line of the terminal that moves. */
interface LiveLine {
  /** Begins a line whose text is asked for again and again. One that still moves is done. */
  begin: (text: () => string) => void;
  /** Ends the line that moves, if one does, in the way that `how` says. */
  end: (how: (spinner: Ora) => void) => void;
}

export function liveLine(): LiveLine {
  let spinner: Ora | undefined;
  let timer: NodeJS.Timeout | undefined;

  const end: LiveLine['end'] = (how) => {
    clearInterval(timer);
    if (spinner !== undefined) how(spinner);
    spinner = undefined;
  };
  return {
    end,
    begin: (text) => {
      end((last) => last.succeed());
      // ora would like to read the terminal, and Ctrl-C with it.
      const next = ora({ text: text(), indent: 2, discardStdin: false }).start();
      timer = setInterval(() => {
        next.text = text();
      }, REFRESH_MS);
      spinner = next;
    },
  };
}
