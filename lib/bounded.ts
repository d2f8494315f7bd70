/**
 * Step Functions ends an execution with States.DataLimitExceeded when a state's input, output or error is above 256 KiB
 * (its quotas, "Quotas related to state machine executions"), whatever the error was. What grows with a database or an
 * input is therefore cut to a number of bytes, and says how much was left out.
 */

/** @returns the text, or its beginning and a note; `mostBytes` at most, in UTF-8 */
export function boundedText(text: string, mostBytes: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= mostBytes) return text;
  const note = ` … (cut: ${bytes.length} bytes in all)`;
  // A character that is cut through is left out.
  const beginning = new TextDecoder().decode(bytes.subarray(0, mostBytes - Buffer.byteLength(note)), {
    stream: true,
  });
  return `${beginning}${note}`;
}

/** Longest item of a list, so that one cannot displace all others. */
const ITEM_BYTES = 2_048;
const NOTE_BYTES = 64;

/** @returns the items, or the first of them and how many there are more; `mostBytes` at most, as JSON */
export function boundedList(items: readonly string[], mostBytes: number): string[] {
  const kept: string[] = [];
  let bytes = NOTE_BYTES;
  for (const item of items) {
    const short = boundedText(item, ITEM_BYTES);
    bytes += Buffer.byteLength(JSON.stringify(short)) + 1;
    if (bytes > mostBytes) return [...kept, `and ${items.length - kept.length} more`];
    kept.push(short);
  }
  return kept;
}

/** For a list of rights in a state, a report or a log line. */
export const RIGHTS_BYTES = 16_384;
/** For an error's message: Step Functions keeps 32,768 characters of a cause, in which JSON may double these. */
export const MESSAGE_BYTES = 8_192;
