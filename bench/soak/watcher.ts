// A client that subscribes to one room and keeps a copy of its peers. Sometimes it cuts its own connection, connects anew, and
// resumes after the last event that it has read. It checks each event against the changes that the crowd made in the room.
import { setTimeout as wait } from 'node:timers/promises';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWsClient } from 'graphql-ws';
import { Agent, fetch, type RequestInit } from 'undici';
import { WebSocket } from 'ws';
import type { Crowd, SeenPeer } from './crowd.ts';

const WATCH = `subscription Watch($roomId: ID!, $after: String) {
  peerChanges(roomId: $roomId, after: $after) {
    __typename
    cursor
    ... on PeersSnapshot { stale asOf peers { hmsId name role metadata } }
    ... on PeerJoined { peer { hmsId name role metadata } }
    ... on PeerUpdated { peer { hmsId name role metadata } }
    ... on PeerLeft { peer { hmsId } }
  }
}`;

type Change = { readonly cursor: string } & (
  | {
      readonly __typename: 'PeersSnapshot';
      readonly stale: boolean;
      readonly asOf: string | null;
      readonly peers: readonly SeenPeer[];
    }
  | { readonly __typename: 'PeerJoined' | 'PeerUpdated'; readonly peer: SeenPeer }
  | { readonly __typename: 'PeerLeft'; readonly peer: Pick<SeenPeer, 'hmsId'> }
  | { readonly __typename: 'SessionStarted' | 'SessionEnded' }
);

/** Options of a `Watcher`; all are required. */
export interface WatcherOptions {
  readonly url: string;
  readonly authorization: string;
  readonly transport: 'ws' | 'sse';
  readonly roomId: string;
  readonly crowd: Crowd;
  /** Called with a description of each fault that the client finds. */
  readonly onFault: (fault: string) => void;
}

/** One client. It watches from its construction until `leave`. */
export class Watcher {
  readonly roomId: string;
  readonly peers = new Map<string, SeenPeer>();
  /** Null: there was no event yet. */
  stale: boolean | null = null;
  events = 0;
  readonly #options: WatcherOptions;
  readonly #end: Promise<void>;
  #cursor: string | null = null;
  #isOver = false;
  #cut: (() => void) | null = null;
  #pauseMs = 0;

  constructor(options: WatcherOptions) {
    this.roomId = options.roomId;
    this.#options = options;
    this.#end = this.#watch();
  }

  /** Cuts the connection; after `pauseMs` the client connects again. */
  drop(pauseMs: number): void {
    this.#pauseMs = pauseMs;
    this.#cut?.();
  }

  /** Ends the client. */
  async leave(): Promise<void> {
    this.#isOver = true;
    this.#cut?.();
    await this.#end;
  }

  /** How the client's state differs from the room; null: it does not. */
  difference(): string | null {
    if (this.stale !== false) return this.stale === null ? 'has no event' : 'is stale';
    const real = this.#options.crowd.peersOf(this.roomId);
    const [own, there] = [[...this.peers.values()], real].map((peers) =>
      JSON.stringify(peers.toSorted((a, b) => (a.hmsId < b.hmsId ? -1 : 1))),
    );
    return own === there ? null : `has ${own} in place of ${there}`;
  }

  async #watch(): Promise<void> {
    while (!this.#isOver) {
      let isCut = false;
      const connection = this.#connect();
      this.#cut = () => {
        isCut = true;
        connection.cut();
      };
      try {
        for await (const { data, errors } of connection.results(this.#cursor)) {
          if (errors !== undefined) throw new Error(JSON.stringify(errors));
          this.#take(data.peerChanges);
        }
        if (!isCut) this.#fault('was ended by the gateway');
      } catch (error) {
        if (!isCut) this.#fault(`was ended by ${describe(error)}`);
      }
      connection.cut();
      await wait(isCut ? this.#pauseMs : 1000);
    }
  }

  #connect(): Connection {
    const { url, authorization, transport } = this.#options;
    return transport === 'ws'
      ? overWebSocket(url, authorization, this.roomId)
      : overSse(url, authorization, this.roomId);
  }

  #take(change: Change): void {
    this.events += 1;
    this.#cursor = change.cursor;
    const fault = this.#apply(change);
    if (fault !== null) this.#fault(fault);
  }

  /** Returns what is wrong with the event. */
  #apply(change: Change): string | null {
    const { peers, roomId } = this;
    const { crowd } = this.#options;
    switch (change.__typename) {
      case 'PeersSnapshot': {
        this.stale = change.stale;
        peers.clear();
        for (const peer of change.peers) peers.set(peer.hmsId, peer);
        if (change.stale || change.asOf === null) return null;
        return crowd.faultIn(roomId, change.peers, Date.parse(change.asOf));
      }
      case 'PeerJoined': {
        const { peer } = change;
        const fault = peers.has(peer.hmsId) ? `was told twice that ${peer.hmsId} joined` : null;
        peers.set(peer.hmsId, peer);
        return (
          fault ??
          (crowd.hasBeen(roomId, peer) ? null : `was told of ${JSON.stringify(peer)}, who never was so`)
        );
      }
      case 'PeerUpdated': {
        const { peer } = change;
        const fault = peers.has(peer.hmsId)
          ? null
          : `was told of a change of ${peer.hmsId}, who is not there`;
        peers.set(peer.hmsId, peer);
        return (
          fault ??
          (crowd.hasBeen(roomId, peer) ? null : `was told of ${JSON.stringify(peer)}, who never was so`)
        );
      }
      case 'PeerLeft': {
        const { hmsId } = change.peer;
        if (!peers.delete(hmsId)) return `was told that ${hmsId} left, who is not there`;
        return crowd.hasLeft(hmsId) ? null : `was told that ${hmsId} left, who has not`;
      }
      default:
        return null;
    }
  }

  #fault(what: string): void {
    this.#options.onFault(`a client of room ${this.roomId} over ${this.#options.transport} ${what}`);
  }
}

interface Result {
  readonly data: { readonly peerChanges: Change };
  readonly errors?: readonly unknown[];
}

/** One connection with one subscription. */
interface Connection {
  results(after: string | null): AsyncIterable<Result>;
  /** Cuts the connection; cutting twice is harmless. */
  cut(): void;
}

function overWebSocket(url: string, authorization: string, roomId: string): Connection {
  let socket: WebSocket | null = null;
  const client = createWsClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization },
    retryAttempts: 0,
    on: {
      // The client was given the class of these sockets.
      opened: (opened) => {
        socket = opened as WebSocket;
      },
    },
  });
  return {
    // The client passes on the results of the subscription above.
    results: (after) =>
      client.iterate({ query: WATCH, variables: { roomId, after } }) as unknown as AsyncIterable<Result>,
    cut: () => {
      socket?.terminate();
      // Rejects with the socket's CloseEvent if the connection was not open yet.
      Promise.resolve(client.dispose()).catch(() => {});
    },
  };
}

function overSse(url: string, authorization: string, roomId: string): Connection {
  // A connection of its own. From a pool it could get one that a cut request had opened and never used, just when the gateway
  // closes that with 408.
  const dispatcher = new Agent();
  const client = createSseClient({
    url: `${url}/graphql`,
    headers: { authorization },
    retryAttempts: 0,
    fetchFn: (target: string, init: RequestInit) => fetch(target, { ...init, dispatcher }),
  });
  return {
    // The client passes on the results of the subscription above.
    results: (after) =>
      client.iterate({ query: WATCH, variables: { roomId, after } }) as unknown as AsyncIterable<Result>,
    cut: () => {
      client.dispose();
      void dispatcher.destroy();
    },
  };
}

function describe(error: unknown): string {
  if (error instanceof Error) return error.message;
  const { code, reason } = error as { readonly code?: number; readonly reason?: string };
  return code === undefined ? JSON.stringify(error) : `${code} ${reason}`;
}
