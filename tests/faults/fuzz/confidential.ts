/** Shorter pieces, and shorter passwords, are met by chance; a piece of this length of a password tells too much of it. */
const PIECE = 8;

/** A text that is nowhere else, to stand where a secret value may stand: letters and digits, so that it stays as it is. */
export const MARKER = 'kQ7xVm2LpZ9rTb4WnHc8YdJf5sGa3XeU6oKi1MvR';

/** Another one. */
export const OTHER_MARKER = 'Wd6hZc1RqN8tYv3JmGx5KbFs9LpTe2UaXo4VrHi7';

/** Tells whether a text holds a piece of one of these, from any place in it. */
export function tellsAny(text: string, confidential: readonly string[]): boolean {
  return confidential.some((value) => {
    const starts = Array.from({ length: Math.max(0, value.length - PIECE + 1) }, (_, start) => start);
    return starts.some((start) => text.includes(value.slice(start, start + PIECE)));
  });
}
