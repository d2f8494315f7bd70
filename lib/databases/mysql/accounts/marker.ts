import * as z from 'zod';
import type { Marker } from '../../engine';
import { quoteText } from '../connection/quote';

/** The key under which this service keeps its marker in an account's ATTRIBUTE. */
export const MARKER_KEY = 'stepwise-rotation';

const stored = z.object({ version: z.string(), initialSetup: z.boolean().optional() });

/** @param metadata the account's attributes, as `mysql.user.User_attributes` holds them under `metadata` */
export function readMarker(metadata: Readonly<Record<string, unknown>>): Marker | undefined {
  const parsed = stored.safeParse(metadata[MARKER_KEY]);
  if (!parsed.success) return undefined;
  return { versionId: parsed.data.version, initialSetup: parsed.data.initialSetup ?? false };
}

/**
 * The ATTRIBUTE clause that writes a marker. It is a JSON merge patch, so null takes a key away and other
 * attributes stay (Reference Manual, "ALTER USER Statement").
 */
export function markerClause(marker: Marker, rightsDigest: string | undefined): string {
  const patch = {
    [MARKER_KEY]: {
      version: marker.versionId,
      rights: rightsDigest ?? null,
      initialSetup: marker.initialSetup ? true : null,
    },
  };
  return `ATTRIBUTE ${quoteText(JSON.stringify(patch))}`;
}

export function sameMarker(one: Marker | undefined, other: Marker | undefined): boolean {
  return one?.versionId === other?.versionId && one?.initialSetup === other?.initialSetup;
}
