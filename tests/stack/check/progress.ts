import ora from 'ora';

/** What is seen of the checks while they run; it goes to standard error. */
export interface Progress {
  /** Says what is done while `use` runs. */
  during<Result>(what: string, use: () => Promise<Result>): Promise<Result>;
}

const plain: Progress = {
  during: (what, use) => {
    process.stderr.write(`${what}\n`);
    return use();
  },
};

const spinning: Progress = {
  during: async (what, use) => {
    const spinner = ora({ text: what, discardStdin: false }).start();
    try {
      const result = await use();
      spinner.succeed();
      return result;
    } catch (thrown) {
      spinner.fail();
      throw thrown;
    }
  },
};

/** A line that moves where somebody looks at it, and plain lines in logs and pipes. */
export function chooseProgress(): Progress {
  const { isTTY, columns } = process.stderr;
  return isTTY && columns > 0 ? spinning : plain;
}
