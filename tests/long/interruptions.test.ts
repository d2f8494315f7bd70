import { describeLostConnections } from '../support/lost-connections';

describeLostConnections({ every: 1 });
