// The services behind the graph.
import type { Absences } from '../src/auth/absences.ts';
import type { AuthTokens } from '../src/auth/auth-token.ts';
import type { Clock } from '../src/clock.ts';
import type { LiveRooms } from '../src/live/live-rooms.ts';
import type { RestCatalog } from '../src/rest/catalog/catalog.ts';
import type { RestClient } from '../src/rest/client/client.ts';

/** The services that all operations share. */
export interface Services {
  readonly client: RestClient;
  /** A client for the host that exchanges room codes. */
  readonly authHost: RestClient;
  readonly catalog: RestCatalog;
  readonly live: LiveRooms;
  /** Participants for whom a read has just shown that they are not in their room. */
  readonly absences: Absences;
  readonly authTokens: AuthTokens;
  readonly clock: Clock;
}
