/**
 * The longest answer to one statement. 30,000 rights on tables are less than it, and mirroring a user who holds them
 * takes 314 MB of a Lambda's 512 (measured). A server, or who grants or revokes on it, could otherwise use up the
 * memory, and the step would end without a name.
 */
export const LONGEST_ANSWER_MIB = 4;

/** The code of the error with which an answer is cut off. */
export const ANSWER_TOO_LONG = 'ANSWER_TOO_LONG';

/** Counts what a server sends. */
export class AnswerLimit {
  private received = 0;

  /** A new statement is sent. */
  begin(): void {
    this.received = 0;
  }

  /** @throws an error with the code ANSWER_TOO_LONG. */
  count({ length }: Buffer): void {
    this.received += length;
    if (this.received <= LONGEST_ANSWER_MIB * 1024 * 1024) return;
    throw Object.assign(new Error('the answer is too long'), { code: ANSWER_TOO_LONG });
  }
}
