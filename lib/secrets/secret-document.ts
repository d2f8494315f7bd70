import { SecretFormatError } from '../errors';

/** Where JSON.parse says that it stopped. Nothing else of its words goes on: they quote the text. */
const POSITION = /(in|after) JSON at position (\d+)/;

/** What is wrong with a text that is not JSON, without a word of it. */
function problemOf(text: string, words: string): string {
  if (text.trim() === '') return 'it is empty';
  if (text.startsWith('\uFEFF')) return 'it begins with a byte order mark: write it again without one';
  const [, where, position = '0'] = POSITION.exec(words) ?? [];
  if (where === 'after') return `something follows the object, at character ${Number(position) + 1}`;
  if (where === 'in') return `it is malformed at character ${Number(position) + 1}`;
  return /end of JSON/.test(words) ? 'it ends before the object does' : 'it is another text';
}

function kindOf(document: unknown): string {
  if (Array.isArray(document)) return 'a list';
  if (typeof document !== 'string') return document === null ? 'null' : `a ${typeof document}`;
  return /^\s*\{/.test(document) ? 'a text that holds one: it was made JSON twice' : 'a text';
}

/**
 * Reads a secret's text as a JSON object.
 * @param text `undefined` for a value that was written as SecretBinary
 * @param label how the secret is called in a message, for example `AWSCURRENT of arn:…`
 * @throws {SecretFormatError} saying what was found, never what it held.
 */
export function parseObject(text: string | undefined, label: string): Record<string, unknown> {
  if (text === undefined) {
    throw new SecretFormatError(
      `${label} is binary (SecretBinary): write it as a text, with put-secret-value --secret-string`,
    );
  }
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    const problem = problemOf(text, (error as Error).message);
    throw new SecretFormatError(
      `${label} is not JSON: expected an object with AWS's standard fields, and ${problem}`,
    );
  }
  if (typeof document === 'object' && document !== null && !Array.isArray(document)) {
    return document as Record<string, unknown>;
  }
  throw new SecretFormatError(`${label}: the document: expected an object, found ${kindOf(document)}`);
}
