// Hive Gateway in front of both subgraphs. docs/federation.md explains each setting.
import { defineConfig } from '@graphql-hive/gateway';

const { HMS_URL = 'http://127.0.0.1:4000/graphql', HMS_TRANSPORT = 'sse' } = process.env;
const { BOOKINGS_URL = 'http://127.0.0.1:4001/graphql', HIVE_PORT = '4002' } = process.env;

/** The credential of the router's caller: its header, or over WebSocket the same key of its `connection_init`. */
const authorization = '{context.headers.authorization}';

/** By POST also for subscriptions over server-sent events: by default their text would have to fit into a URL. */
const overHttp = { headers: [['authorization', authorization]], options: { method: 'POST' } };

/** The same, with subscriptions over WebSocket, where a subgraph gets no headers. */
const overWebSocket = {
  ...overHttp,
  options: {
    ...overHttp.options,
    subscriptions: { kind: 'ws', location: '/graphql', options: { connectionParams: { authorization } } },
  },
};

export const gatewayConfig = defineConfig({
  host: '127.0.0.1',
  port: Number(HIVE_PORT),
  // Composed at the start. In production compose ahead, and give the path of the supergraph instead.
  supergraph: {
    type: 'dev',
    services: [
      // From a file: `_service` is refused to callers without a key, and where introspection is off.
      { name: 'hms', url: HMS_URL, source: 'file', schema: './hms.graphql' },
      { name: 'bookings', url: BOOKINGS_URL },
    ],
  },
  transportEntries: { hms: HMS_TRANSPORT === 'ws' ? overWebSocket : overHttp },
});
