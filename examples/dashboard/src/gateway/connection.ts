// The WebSocket to the gateway, over which all subscriptions run, and its state as the page tells it. graphql-ws connects again
// by itself; `resuming` lets each subscription go on after the last event that arrived.
import { resuming } from '@hms-gateway/client';
import { createClient, type Client } from 'graphql-ws';
import { createStore, type Store } from '../live/store.ts';

export interface Connection {
  /** `refused`: the gateway wants another key or token, so nothing connects again by itself. */
  readonly phase: 'connecting' | 'open' | 'lost' | 'refused';
  /** When the phase began, in milliseconds since the epoch by this machine's clock. */
  readonly since: number;
  /** The gateway's reason for a refusal. */
  readonly reason: string;
  /** Whether it has been open before. */
  readonly wasOpen: boolean;
}

/** Close code of the gateway: no key, a wrong one, or one that has expired or was taken back. */
const FORBIDDEN = 4403;
const PING_MS = 10_000;
/** A connection that does not answer a ping for this long is taken for lost. */
const PONG_MS = 5000;
const MAX_WAIT_MS = 4000;
/** How long the socket stays open without a subscription, as between two views. */
const IDLE_MS = 30_000;

/** Makes the client of the WebSocket; it connects at the first subscription. */
export function connectSocket(token: string | null): {
  readonly socket: Client;
  readonly connection: Store<Connection>;
} {
  const first: Connection = { phase: 'connecting', since: Date.now(), reason: '', wasOpen: false };
  const connection = createStore(first);
  const move = (phase: Connection['phase'], reason = '') => {
    const before = connection.get();
    if (before.phase === phase) return;
    connection.set({ phase, since: Date.now(), reason, wasOpen: before.wasOpen || phase === 'open' });
  };
  let unanswered: ReturnType<typeof setTimeout> | undefined;
  const socket = createClient({
    url: new URL('/graphql', location.href.replace(/^http/, 'ws')).href,
    ...(token === null ? {} : { connectionParams: { authorization: `Bearer ${token}` } }),
    keepAlive: PING_MS,
    lazyCloseTimeout: IDLE_MS,
    retryAttempts: Infinity,
    shouldRetry: (event) => !isRefusal(event),
    retryWait: (attempt) => wait(Math.min(300 * 2 ** attempt, MAX_WAIT_MS) * (0.5 + Math.random() / 2)),
    on: {
      connected: () => move('open'),
      ping(isReceived) {
        if (isReceived) return;
        clearTimeout(unanswered);
        unanswered = setTimeout(() => socket.terminate(), PONG_MS);
      },
      pong: () => clearTimeout(unanswered),
      closed(event) {
        clearTimeout(unanswered);
        if (isRefusal(event)) move('refused', event.reason);
        // The page closes the socket itself (1000) when nothing is watched any more.
        else if (!(event instanceof CloseEvent && event.code === 1000)) move('lost');
      },
    },
  });
  return { socket: resuming(socket), connection };
}

function isRefusal(event: unknown): event is CloseEvent {
  return event instanceof CloseEvent && event.code === FORBIDDEN;
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
