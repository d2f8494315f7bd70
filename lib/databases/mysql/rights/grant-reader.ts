import { UnsupportedAccountError } from '../../../errors';

/** A row that is not of the known grammar. Its text is never quoted, since it may hold a hash. */
export function unreadable(expected: string): UnsupportedAccountError {
  return new UnsupportedAccountError(
    `SHOW GRANTS has a row of a form that this release does not know (it expected ${expected})`,
  );
}

const TOKEN = /\s*(?:`((?:[^`]|``)*)`|([A-Za-z0-9_]+)|([(),.@*]))/y;

type Token = { name: string } | { word: string } | { mark: string };

/** Reads a row token by token. */
export class GrantReader {
  private position = 0;

  constructor(private readonly source: string) {}

  /** The next token, without taking it. */
  peek(): Token | undefined {
    const before = this.position;
    const token = this.next();
    this.position = before;
    return token;
  }

  next(): Token | undefined {
    TOKEN.lastIndex = this.position;
    const [match, name, word, mark] = TOKEN.exec(this.source) ?? [];
    if (match === undefined) return undefined;
    this.position += match.length;
    if (name !== undefined) return { name: name.replaceAll('``', '`') };
    return word !== undefined ? { word } : { mark: mark ?? '' };
  }

  takes(expected: string): boolean {
    const token = this.peek();
    if (token === undefined || 'name' in token) return false;
    if (('word' in token ? token.word : token.mark) !== expected) return false;
    this.next();
    return true;
  }

  expect(expected: string): void {
    if (!this.takes(expected)) throw unreadable(expected);
  }

  name(): string {
    const token = this.next();
    if (token === undefined || !('name' in token)) throw unreadable('a name');
    return token.name;
  }

  word(): string {
    const token = this.next();
    if (token === undefined || !('word' in token)) throw unreadable('a word');
    return token.word;
  }

  nextIsName(): boolean {
    const token = this.peek();
    return token !== undefined && 'name' in token;
  }

  nextIsWord(): boolean {
    const token = this.peek();
    return token !== undefined && 'word' in token;
  }

  isNext(word: string): boolean {
    const token = this.peek();
    return token !== undefined && 'word' in token && token.word === word;
  }

  rest(): string {
    return this.source.slice(this.position);
  }
}
