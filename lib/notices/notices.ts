/** Where people are told of what they may have to act on. */
export interface Notices {
  /** @throws {NoticeNotSentError} when it was not accepted. */
  send(notice: Notice): Promise<void>;
}

export interface Notice {
  /** ASCII, one line, less than 100 characters: some ways of delivery allow no more. */
  subject: string;
  text: string;
  /** The same for programs, by name; none is empty. */
  attributes: Record<string, string>;
}
