import type { Marker } from '../../engine';
import type { StoredUser } from '../accounts/account';
import type { Flavour } from '../accounts/flavour';
import type { Server } from '../connection/server';
import type { Session } from '../connection/session';

/** A pair as it was read, with the session that holds its lock. */
export interface PairOnServer {
  session: Session;
  server: Server;
  flavour: Flavour;
  current: StoredUser;
  standby: StoredUser;
  marker: Marker | undefined;
}
