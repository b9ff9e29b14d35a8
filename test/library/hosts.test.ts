// The library in the servers of web frameworks, with real requests: what works in one works in all.
import { describe, expect, it } from 'vitest';
import { followPeers } from '../e2e/documents.ts';
import { allOf, nextOf, PARTS, partsOf } from '../support/parts.ts';
import { post } from '../support/server.ts';
import { openEventStream, webSocketClient } from '../support/sockets.ts';
import { hosts } from './hosts.ts';
import { ADMIN, stageIn } from './stage.ts';

const admin = { authorization: `Bearer ${ADMIN}` };

describe.each(hosts)('in $host', ({ start, hasWebSockets }) => {
  it('a query and a mutation are answered', async () => {
    await using staged = await stageIn(start);
    const { id } = staged.room;
    const queried = await post(staged.url, { query: `{ room(id: "${id}") { name } }` }, admin);
    expect([queried.status, await queried.json()]).toMatchObject([
      200,
      { data: { room: { name: 'physics' } } },
    ]);
    const mutation = `mutation { updateRoom(input: { id: "${id}", name: "maths" }) { ... on Room { name } } }`;
    const changed = await post(staged.url, { query: mutation }, admin);
    expect(await changed.json()).toMatchObject({ data: { updateRoom: { name: 'maths' } } });
    expect(staged.sandbox.world.rooms.get(id).name).toBe('maths');
  });

  it('a query by GET is answered, with the id of the request', async () => {
    await using staged = await stageIn(start);
    const query = new URLSearchParams({ query: '{ rooms { edges { node { name } } } }' });
    const answer = await fetch(`${staged.url}/graphql?${query}`, {
      headers: { ...admin, 'x-request-id': 'r-1' },
    });
    expect(answer.headers.get('x-request-id')).toBe('r-1');
    expect(await answer.json()).toMatchObject({
      data: { rooms: { edges: [{ node: { name: 'physics' } }] } },
    });
  });

  it('server-sent events tell of a peer who joins, and end when the gateway closes', async () => {
    await using staged = await stageIn(start);
    await using stream = await openEventStream(staged.url, followPeers, { roomId: staged.room.id }, admin);
    expect(JSON.parse((await stream.next())?.data ?? '')).toMatchObject({
      data: { peerChanges: { __typename: 'PeersSnapshot' } },
    });
    staged.sandbox.world.join(staged.room.id, { name: 'Ben', role: 'guest', userId: 'ben' });
    expect(JSON.parse((await stream.next())?.data ?? '')).toMatchObject({
      data: { peerChanges: { __typename: 'PeerJoined', peer: { name: 'Ben' } } },
    });
    const closing = staged.gateway.close();
    expect(await stream.next()).toBeNull();
    await closing;
  });

  it('an answer in parts is sent to its end before the gateway is closed', async () => {
    await using staged = await stageIn(start);
    staged.sandbox.faults.set('getActivePeer', { kind: 'latency', ms: 200 });
    const query = `{ room(id: "${staged.room.id}") {
      name ... @defer { peers { edges { node { tracks { type } } } } }
    } }`;
    const parts = partsOf(await post(staged.url, { query }, { ...admin, accept: PARTS }));
    expect(await nextOf(parts)).toMatchObject({ data: { room: { name: 'physics' } }, hasNext: true });
    const asked = staged.sandbox.ledger.arrival(({ operationId }) => operationId === 'getActivePeer');
    const rest = allOf(parts);
    await asked;
    await staged.gateway.close();
    expect(await rest).toMatchObject([
      { incremental: [{ data: { peers: { edges: [{ node: { tracks: [] } }] } } }] },
      { hasNext: false },
    ]);
  });

  it('a client that leaves an event stream ends its subscription', async () => {
    await using staged = await stageIn(start);
    const subscribers = async () => /^hms_live_subscribers (\d+)$/m.exec(await staged.gateway.metrics())?.[1];
    {
      await using stream = await openEventStream(staged.url, followPeers, { roomId: staged.room.id }, admin);
      await stream.next();
      expect(await subscribers()).toBe('1');
    }
    await expect.poll(subscribers).toBe('0');
  });

  it.runIf(hasWebSockets)('a WebSocket tells of it too, and is closed with 1001', async () => {
    await using staged = await stageIn(start);
    await using client = webSocketClient(staged.url, ADMIN);
    await using watching = client.watch(followPeers, { roomId: staged.room.id });
    await watching.next();
    staged.sandbox.world.join(staged.room.id, { name: 'Ben', role: 'guest', userId: 'ben' });
    expect(await watching.next()).toMatchObject({ peerChanges: { __typename: 'PeerJoined' } });
    const ended = expect(watching.answer()).rejects.toMatchObject({ code: 1001 });
    await staged.gateway.close();
    await ended;
  });

  it('callers who are not known and pages of other sites are refused, and pages of the same site are not', async () => {
    await using staged = await stageIn(start);
    const query = { query: '{ rooms { edges { node { name } } } }' };
    const unknown = await post(staged.url, query, { authorization: 'Bearer wrong' });
    expect([unknown.status, await unknown.json()]).toMatchObject([
      401,
      { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
    ]);
    const foreign = await post(staged.url, query, { ...admin, origin: 'https://evil.example.com' });
    expect(foreign.status).toBe(403);
    const own = await post(staged.url, query, { ...admin, origin: new URL(staged.url).origin });
    expect(own.status).toBe(200);
    expect((await post(staged.url, 'no JSON', admin)).status).toBe(400);
  });

  it('a closed gateway refuses requests', async () => {
    await using staged = await stageIn(start);
    await staged.gateway.close();
    const answer = await post(staged.url, { query: '{ __typename }' }, admin);
    expect([answer.status, await answer.json()]).toMatchObject([
      503,
      { errors: [{ message: 'The gateway is closing. Try again.' }] },
    ]);
  });
});
