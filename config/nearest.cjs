// @ts-check
/**
 * How many letters must be put in, taken out or changed to turn one text into the other (Levenshtein's distance).
 * @param {string} from
 * @param {string} to
 */
function distance(from, to) {
  let above = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [row, letter] of Array.from(from).entries()) {
    const current = [row + 1];
    for (const [column, other] of Array.from(to).entries()) {
      const changed = (above[column] ?? 0) + (letter === other ? 0 : 1);
      current.push(Math.min(changed, (above[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    above = current;
  }
  return above.at(-1) ?? 0;
}

/**
 * The known name that somebody who wrote `name` most probably meant.
 * @param {string} name
 * @param {readonly string[]} known not empty
 */
function nearest(name, known) {
  const [first = ''] = known.toSorted(
    (a, b) => distance(name.toUpperCase(), a) - distance(name.toUpperCase(), b),
  );
  return first;
}

module.exports = { nearest };
