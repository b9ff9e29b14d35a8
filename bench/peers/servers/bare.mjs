// A proxy without GraphQL: it passes the bodies of the REST API's answers on as they are, several of them as the elements of
// one JSON text. With SHARE=on, equal requests in flight share one answer, and so do equal reads in flight.
import { createServer } from 'node:http';
import { getBytes, port, roomsPath } from './upstream.mjs';

const flights = new Map();

/** The result of `make`, or that of an earlier call with the same key that has not settled yet. */
function shared(key, make) {
  let flight = flights.get(key);
  if (flight === undefined) {
    flight = make().finally(() => flights.delete(key));
    flights.set(key, flight);
  }
  return flight;
}

const isSharing = process.env.SHARE === 'on';
const read = isSharing ? (path) => shared(`upstream ${path}`, () => getBytes(path)) : getBytes;
const answer = isSharing ? (url) => shared(url, () => compose(url)) : compose;

function compose(url) {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const [, route, id] = pathname.split('/');
  switch (route) {
    case 'rooms':
      if (id !== undefined) return read(`/rooms/${id}`);
      return list([
        roomsPath(searchParams.get('first'), searchParams.get('createdAfter')),
        '/templates?limit=100',
      ]);
    case 'live-peers':
      return read(`/active-rooms/${id}/peers`);
    case 'live-rooms': {
      const ids = searchParams.get('ids').split(',');
      return list(ids.flatMap((each) => [`/active-rooms/${each}`, `/active-rooms/${each}/peers`]));
    }
    default:
      return Promise.reject(Object.assign(new Error('no such route'), { statusCode: 404 }));
  }
}

async function list(paths) {
  const bodies = await Promise.all(paths.map(read));
  return Buffer.concat([
    Buffer.from('['),
    ...bodies.flatMap((body, index) => (index === 0 ? [body] : [Buffer.from(','), body])),
    Buffer.from(']'),
  ]);
}

async function respond(request, response) {
  try {
    const body = await answer(request.url);
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
    response.end(body);
  } catch (error) {
    response.writeHead(error.statusCode ?? 502, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ message: error.message }));
  }
}

createServer((request, response) => void respond(request, response)).listen(port, '127.0.0.1');
