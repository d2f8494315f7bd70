import { refusal } from './errors';

const PAGE_SIZE = 100;

interface PageRequest {
  maxResults?: number | undefined;
  nextToken?: string | undefined;
}

interface Order<Item> {
  /** A number that grows with time, so that a list which grows between two pages neither skips nor repeats. */
  key: (item: Item) => number;
  newestFirst: boolean;
}

interface Page<Item> {
  items: readonly Item[];
  /** Present when there is more, as the members of the answer that say so. */
  next: { nextToken?: string };
}

/** Cuts one page out of a list that is in the order told. The token is opaque to callers: it hides the last key. */
export function pageOf<Item>(
  all: readonly Item[],
  { key, newestFirst }: Order<Item>,
  { maxResults = 0, nextToken }: PageRequest,
): Page<Item> {
  const size = maxResults === 0 ? PAGE_SIZE : maxResults;
  const last = nextToken === undefined ? undefined : keyIn(nextToken);
  const isAhead = (item: Item): boolean =>
    last === undefined || (newestFirst ? key(item) < last : key(item) > last);
  const rest = all.filter(isAhead);
  const items = rest.slice(0, size);
  const end = items.at(-1);
  return { items, next: end !== undefined && rest.length > size ? { nextToken: tokenFor(key(end)) } : {} };
}

function tokenFor(key: number): string {
  return Buffer.from(`after:${key}`).toString('base64url');
}

function keyIn(token: string): number {
  const digits = /^after:(\d+)$/.exec(Buffer.from(token, 'base64url').toString())?.[1];
  if (digits === undefined) throw refusal('InvalidToken', "Invalid Token: 'Invalid token'");
  return Number(digits);
}
