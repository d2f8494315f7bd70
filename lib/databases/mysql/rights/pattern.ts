/** One element of a database name pattern: a character, `_` or `%`. */
type Element = { character: string } | 'one' | 'many';

function elements(pattern: string): Element[] {
  const characters = Array.from(pattern);
  const found: Element[] = [];
  for (let index = 0; index < characters.length; index += 1) {
    const character = characters[index] ?? '';
    const next = characters[index + 1];
    if (character === '\\' && next !== undefined) {
      found.push({ character: next });
      index += 1;
    } else if (character === '_') found.push('one');
    else found.push(character === '%' ? 'many' : { character });
  }
  return found;
}

function covers(wide: readonly Element[], narrow: readonly Element[]): boolean {
  const [first, ...rest] = wide;
  const [head, ...tail] = narrow;
  if (first === undefined) return narrow.length === 0;
  if (first === 'many') return covers(rest, narrow) || (narrow.length > 0 && covers(wide, tail));
  if (head === undefined || head === 'many') return false;
  if (first === 'one') return covers(rest, tail);
  return head !== 'one' && head.character === first.character && covers(rest, tail);
}

/**
 * Tells whether a right on the databases of `wide` holds for all databases of `narrow`, both patterns as GRANT
 * writes them. The server compares patterns the same way when a master grants on one (Reference Manual, "GRANT
 * Statement", on wildcards in database names).
 */
export function patternCovers(wide: string, narrow: string): boolean {
  return covers(elements(wide), elements(narrow));
}
