import { nameShapes } from './name-shapes';
import { danglingShapes, objectShapes } from './object-shapes';
import { optionShapes } from './option-shapes';
import { databaseShapes, globalShapes } from './privilege-shapes';
import { roleShapes } from './role-shapes';
import type { Shape } from './shape';
import type { ShapeServer } from './shape-server';
import { standbyShapes } from './standby-shapes';

/** Every way known to us in which an account can be. */
export const shapes: readonly Shape[] = [
  ...globalShapes,
  ...databaseShapes,
  ...objectShapes,
  ...danglingShapes,
  ...roleShapes,
  ...optionShapes,
  ...nameShapes,
  ...standbyShapes,
];

/** Whether a server knows a shape at all. */
export function fits({ on, since }: Shape, server: Pick<ShapeServer, 'product' | 'isAtLeast'>): boolean {
  return (on === undefined || on === server.product) && (since === undefined || server.isAtLeast(since));
}
