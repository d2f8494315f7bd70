/** "The last 10 client tokens used to successfully redrive … valid for up to 15 minutes" (API reference). */
const REMEMBERED = 10;
const VALID_MS = 15 * 60 * 1000;

/** The client tokens with which one execution was redriven. The SDK makes one up for every call. */
export class RedriveTokens {
  #used: { token: string; date: Date }[] = [];

  remember(token: string | undefined, date: Date): void {
    if (token !== undefined) this.#used = [...this.#used, { token, date }].slice(-REMEMBERED);
  }

  /** When the token redrove the execution, if that is still remembered. */
  dateOf(token: string | undefined, now: Date): Date | undefined {
    return this.#used.find((used) => used.token === token && now.getTime() - used.date.getTime() <= VALID_MS)
      ?.date;
  }
}
