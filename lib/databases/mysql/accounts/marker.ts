import * as z from 'zod';
import type { Marker } from '../../engine';
import { quoteText } from '../connection/quote';

/** The key under which this service keeps its marker in an account's ATTRIBUTE. */
export const MARKER_KEY = 'stepwise-rotation';

/**
 * Anybody who may alter an account may write this key. What has not the form of a marker counts as none; the limits
 * are those of a version id (Secrets Manager API reference, PutSecretValue), so that no name such as `__proto__` is
 * looked up among the secret's versions.
 */
const stored = z.object({
  version: z.string().min(32).max(64),
  secret: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .optional(),
  initialSetup: z.boolean().optional(),
});

/** @param value what an account's attributes hold under `MARKER_KEY` */
export function readMarker(value: unknown): Marker | undefined {
  const parsed = stored.safeParse(value);
  if (!parsed.success) return undefined;
  const { version, secret, initialSetup } = parsed.data;
  return { versionId: version, secret, initialSetup: initialSetup ?? false };
}

/**
 * The ATTRIBUTE clause that writes a marker. It is a JSON merge patch, so null takes a key away and other
 * attributes stay (Reference Manual, "ALTER USER Statement").
 */
export function markerClause(marker: Marker, rightsDigest: string | undefined): string {
  const patch = {
    [MARKER_KEY]: {
      version: marker.versionId,
      secret: marker.secret ?? null,
      rights: rightsDigest ?? null,
      initialSetup: marker.initialSetup ? true : null,
    },
  };
  return `ATTRIBUTE ${quoteText(JSON.stringify(patch))}`;
}

/** A marker of an earlier release names no secret; that alone is no reason to set a standby again. */
export function isMarkedAs(marker: Marker | undefined, wanted: Marker): boolean {
  return (
    marker?.versionId === wanted.versionId &&
    marker.initialSetup === wanted.initialSetup &&
    (marker.secret === undefined || marker.secret === wanted.secret)
  );
}
