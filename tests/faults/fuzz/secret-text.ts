import { MARKER } from './confidential';

/** A secret's fields, in the order and the words in which they are written. */
type Fields = [key: string, raw: string][];

/** What is done to a well-formed secret, as data: a case must be repeatable with the logins of another run. */
export type Change =
  | { do: 'set'; field: string; raw: string }
  | { do: 'remove'; field: string }
  | { do: 'add'; key: string; raw: string; isFirst: boolean }
  | { do: 'rename'; field: string; to: string }
  | { do: 'text-of-number'; field: string }
  | { do: 'write'; how: Writing };

/** How the whole text is written. */
type Writing =
  | 'spaced'
  | 'with-bom'
  | 'in-an-array'
  | 'as-a-text'
  | 'twice'
  | 'cut'
  | 'with-a-comma-at-the-end'
  | 'with-a-comment'
  | 'in-single-quotes'
  | 'in-base64'
  | 'as-nothing'
  | 'as-a-password-alone';

const WRITINGS: Readonly<Record<Writing, (text: string) => string>> = {
  spaced: (text) => ` \n\t${text}\r\n`,
  'with-bom': (text) => `\ufeff${text}`,
  'in-an-array': (text) => `[${text}]`,
  'as-a-text': (text) => JSON.stringify(text),
  twice: (text) => text + text,
  cut: (text) => text.slice(0, Math.floor(text.length * 0.8)),
  'with-a-comma-at-the-end': (text) => text.replace(/\}$/, ',}'),
  'with-a-comment': (text) => `// a secret\n${text}`,
  'in-single-quotes': (text) => text.replaceAll('"', "'"),
  'in-base64': (text) => Buffer.from(text).toString('base64'),
  'as-nothing': () => '',
  'as-a-password-alone': () => MARKER,
};

export const writings = Object.keys(WRITINGS) as Writing[];

function changed(fields: Fields, change: Change): Fields {
  switch (change.do) {
    case 'set':
      return fields.map(([key, raw]) => [key, key === change.field ? change.raw : raw]);
    case 'remove':
      return fields.filter(([key]) => key !== change.field);
    case 'add':
      return change.isFirst ? [[change.key, change.raw], ...fields] : [...fields, [change.key, change.raw]];
    case 'rename':
      return fields.map(([key, raw]) => [key === change.field ? change.to : key, raw]);
    case 'text-of-number':
      return fields.map(([key, raw]) => [key, key === change.field ? JSON.stringify(raw) : raw]);
    case 'write':
      return fields;
  }
}

/** The text of a secret after these changes. Keys may be there twice. */
export function textAfter(document: Readonly<Record<string, unknown>>, changes: readonly Change[]): string {
  const given = Object.entries(document).map(([key, value]): Fields[number] => [key, JSON.stringify(value)]);
  const fields = changes.reduce(changed, given);
  const text = `{${fields.map(([key, raw]) => `${JSON.stringify(key)}:${raw}`).join(',')}}`;
  return changes.reduce((last, change) => (change.do === 'write' ? WRITINGS[change.how](last) : last), text);
}
