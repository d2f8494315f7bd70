/** ECMAScript's "JSON.parse source text access": Node has it since 21, TypeScript's library not yet. */
const { rawJSON } = JSON as unknown as { rawJSON: (text: string) => unknown };

/** Keeps a number's own words where JavaScript would change them: 12345678901234567890, 1.0, 1e400. */
function keepWords(_key: string, value: unknown, ...[context]: [{ source?: string }?]): unknown {
  const source = context?.source;
  return typeof value === 'number' && source !== undefined && String(value) !== source
    ? rawJSON(source)
    : value;
}

/**
 * Parses JSON so that `JSON.stringify` writes every value again as it was written.
 * @throws {RangeError} when it is nested too deeply to be written at all.
 */
export function parseAsWritten(text: string): unknown {
  const document: unknown = JSON.parse(text, keepWords);
  JSON.stringify(document); // parses iteratively, writes recursively: what can be read need not be writable
  return document;
}
