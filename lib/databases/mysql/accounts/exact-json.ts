/** Since Node 22 (V8 11.4); the types of TypeScript do not know them yet. */
interface ExactJson {
  rawJSON(text: string): unknown;
  isRawJSON(value: unknown): boolean;
}
const exact = JSON as unknown as ExactJson;

/** Source text of a JSON value, as JSON.parse gives it since Node 21. */
type Reviver = (this: unknown, key: string, value: unknown, context?: { source?: string }) => unknown;

const keepNumber: Reviver = (_key, value, context) =>
  typeof value === 'number' && context?.source !== undefined ? exact.rawJSON(context.source) : value;

/**
 * JSON whose numbers keep their text, so that JSON.stringify writes them as they were read: `1.0` and `1` are two
 * types to MySQL, and JavaScript would round the larger ones.
 */
export function parseExact(json: string): unknown {
  return JSON.parse(json, keepNumber);
}

/** An object with members; a number of `parseExact` is none. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !exact.isRawJSON(value);
}
