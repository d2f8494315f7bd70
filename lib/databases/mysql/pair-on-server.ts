import type { Marker } from '../engine';
import type { StoredUser } from './account';
import type { Flavour } from './flavour';
import type { Server } from './server';
import type { Session } from './session';

/** A pair as it was read, with the session that holds its lock. */
export interface PairOnServer {
  session: Session;
  server: Server;
  flavour: Flavour;
  current: StoredUser;
  standby: StoredUser;
  marker: Marker | undefined;
}
