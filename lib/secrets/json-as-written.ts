/** ECMAScript's "JSON.parse source text access": Node has it since 21, TypeScript's library not yet. */
const { rawJSON, isRawJSON } = JSON as unknown as {
  rawJSON: (text: string) => unknown;
  isRawJSON: (value: unknown) => boolean;
};

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
  canonicalJson(document); // parses iteratively, writes recursively: what can be read need not be writable
  return document;
}

/** JSON with sorted keys: equal for values that are written alike, in whichever order an object has its keys. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item) && !isRawJSON(item)
      ? Object.fromEntries(Object.entries(item).sort(([one], [other]) => (one < other ? -1 : 1)))
      : item,
  );
}
