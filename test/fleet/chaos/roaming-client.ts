// A client that goes from one gateway to another: when its socket ends, and when it is told to. It keeps the cursor of the last
// event, and applies each event to its copy.
import { createClient, type Client } from 'graphql-ws';
import { followPeers, followSessions } from '../../e2e/documents.ts';
import type { FollowPeersSubscription, FollowSessionsSubscription } from '../../generated/graphql.ts';
import { SearchedSocket } from '../../support/searched-socket.ts';
import { RoomCopy, SessionsCopy, type Shared } from './copies.ts';

/** Before it connects again, in milliseconds. */
const PAUSE_MS = 50;

/** A socket that may be given up before it is open. */
class GivenUpSocket extends SearchedSocket {
  constructor(url: string, protocols?: string | string[]) {
    super(url, protocols);
    this.on('error', () => {});
  }
}

/** Subscribes over a socket, and goes on after the copy's cursor. */
export interface Subscription {
  readonly copy: RoomCopy | SessionsCopy;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Applies the data of an event to the copy. */
  readonly apply: (data: unknown, from: string) => void;
}

/** The events of a room; `role`: only of peers with this role. */
export function roomSubscription(
  roomId: string,
  role: string | null,
  shared: Shared,
  isHere: (peerId: string) => boolean,
): Subscription {
  const copy = new RoomCopy(roomId, role, shared, isHere);
  const query = followPeers.toString();
  const variables = role === null ? { roomId } : { roomId, filter: { role } };
  // The document decides the type of its data, here and below.
  const apply = (data: unknown, from: string) =>
    copy.apply((data as FollowPeersSubscription).peerChanges, from);
  return { copy, query, variables, apply };
}

/** The starts and ends of the workspace's sessions. */
export function sessionsSubscription(shared: Shared): Subscription {
  const copy = new SessionsCopy(shared);
  const query = followSessions.toString();
  const apply = (data: unknown, from: string) =>
    copy.apply((data as FollowSessionsSubscription).sessionChanges, from);
  return { copy, query, variables: {}, apply };
}

/** Begins when it is made, and ends when it is disposed of. */
export class RoamingClient implements AsyncDisposable {
  readonly copy: RoomCopy | SessionsCopy;
  /** Where it is, or goes to. */
  url = '';
  /** How often a subscription that had begun was ended by the gateway or the network. */
  ends = 0;
  readonly #subscription: Subscription;
  readonly #choose: (last: string) => string;
  readonly #roaming: Promise<void>;
  #client: Client | null = null;
  #isOver = false;

  /** `choose`: where it connects the next time; `last`: where it was; empty: nowhere yet. */
  constructor(subscription: Subscription, choose: (last: string) => string) {
    this.#subscription = subscription;
    this.copy = subscription.copy;
    this.#choose = choose;
    this.#roaming = this.#roam();
  }

  /** Ends its socket, whatever the gateway does; it connects again. */
  leave(): void {
    const client = this.#client;
    this.#client = null;
    client?.terminate();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true;
    this.leave();
    await this.#roaming;
  }

  async #roam(): Promise<void> {
    while (!this.#isOver) {
      this.url = this.#choose(this.url);
      await this.#stay(this.url);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  /** Resolves when the subscription is over. */
  async #stay(url: string): Promise<void> {
    let hasBegun = false;
    const client = createClient({
      url: `${url.replace('http', 'ws')}/graphql`,
      webSocketImpl: GivenUpSocket,
      retryAttempts: 0,
      on: { connected: () => (hasBegun = true) },
    });
    this.#client = client;
    const { copy, query, variables, apply } = this.#subscription;
    await new Promise<void>((resolve) => {
      client.subscribe(
        { query, variables: { ...variables, after: copy.cursor ?? null } },
        {
          next: ({ data, errors }) => {
            if (this.#client !== client) return;
            if (errors !== undefined) copy.fault(JSON.stringify(errors));
            else apply(data, url.slice(-5));
          },
          error: (error) => {
            // A socket that ends is expected, and an operation that is refused is not.
            if (this.#client === client && Array.isArray(error)) copy.fault(JSON.stringify(error));
            resolve();
          },
          complete: resolve,
        },
      );
    });
    if (this.#client !== client) return;
    if (hasBegun) this.ends += 1;
    this.leave();
  }
}
