import { refusal } from './errors';

const PAGE_SIZE = 100;

interface PageRequest {
  MaxResults?: number | undefined;
  NextToken?: string | undefined;
}

interface Page<Item> {
  items: readonly Item[];
  /** Present when there is more, as the members of the answer that say so. */
  next: { NextToken?: string };
}

/** Cuts one page out of a list. The token is opaque to callers; here it hides a mere offset. */
export function pageOf<Item>(all: readonly Item[], { MaxResults, NextToken }: PageRequest): Page<Item> {
  const start = NextToken === undefined ? 0 : offsetIn(NextToken);
  const end = start + (MaxResults ?? PAGE_SIZE);
  return { items: all.slice(start, end), next: end < all.length ? { NextToken: tokenFor(end) } : {} };
}

function tokenFor(offset: number): string {
  return Buffer.from(`offset:${offset}`).toString('base64url');
}

function offsetIn(token: string): number {
  const digits = /^offset:(\d+)$/.exec(Buffer.from(token, 'base64url').toString())?.[1];
  if (digits === undefined) throw refusal('InvalidNextTokenException', 'The NextToken is not valid.');
  return Number(digits);
}
