// Each fault as a client sees it.
import { request } from 'undici';
import { describe, expect, test } from 'vitest';
import { managementToken, START_MS, startTestSandbox } from '../../support/sandbox-client.ts';

type Lab = Awaited<ReturnType<typeof startTestSandbox>>;

/** A GET that does not check the answer: faults make answers differ from the OpenAPI document. */
async function raw({ sandbox }: Lab, path = '/rooms', signal?: AbortSignal) {
  const authorization = `Bearer ${await managementToken({ now: START_MS / 1000 })}`;
  return request(sandbox.url + path, { headers: { authorization }, ...(signal && { signal }) });
}

async function rawText(lab: Lab, path?: string): Promise<[number, string]> {
  const { statusCode, body } = await raw(lab, path);
  return [statusCode, await body.text()];
}

describe('a status', () => {
  test("replaces the answer by an error in the API's format", async () => {
    await using lab = await startTestSandbox();
    lab.sandbox.faults.set('listRooms', { kind: 'status', status: 503 }, { times: 1 });
    expect(await rawText(lab)).toEqual([503, '{"code":503,"message":"Service Unavailable"}']);
    expect((await lab.rest.get('/rooms')).status).toBe(200);
  });

  test('has no effect on the world', async () => {
    await using lab = await startTestSandbox();
    lab.sandbox.faults.set('createRoom', { kind: 'status', status: 403 });
    expect((await lab.rest.post('/rooms', {})).status).toBe(403);
    expect(lab.world.rooms.all.size).toBe(0);
  });

  test('429 has the wait in its message only, unless a header is set', async () => {
    await using lab = await startTestSandbox();
    lab.sandbox.faults.set('*', { kind: 'status', status: 429 }, { times: 1 });
    lab.sandbox.faults.set(
      '*',
      { kind: 'status', status: 429, headers: { 'retry-after': '2' } },
      { times: 1 },
    );
    const first = await raw(lab);
    expect(first.headers).not.toHaveProperty('retry-after');
    expect(await first.body.json()).toEqual({
      code: 429,
      message: 'rate limit exceeded, retry after 45 seconds',
    });
    const second = await raw(lab);
    expect(second.headers['retry-after']).toBe('2');
    await second.body.dump();
  });

  test('may have an HTML body', async () => {
    await using lab = await startTestSandbox();
    lab.sandbox.faults.set('*', { kind: 'status', status: 502, body: '<html>Bad gateway</html>' });
    const { headers, body } = await raw(lab);
    expect(headers['content-type']).toBe('text/html');
    expect(await body.text()).toBe('<html>Bad gateway</html>');
  });
});

test("latency delays the answer by the sandbox's clock, and latencies add up", async () => {
  await using lab = await startTestSandbox();
  lab.sandbox.faults.set('*', { kind: 'latency', ms: 100 });
  lab.sandbox.faults.set('listRooms', { kind: 'latency', ms: 50 });
  let answered = false;
  const arrived = lab.sandbox.ledger.arrival(() => true);
  const pending = rawText(lab).then(() => (answered = true));
  await arrived;
  await lab.clock.advance(149);
  expect(answered).toBe(false);
  await lab.clock.advance(1);
  await pending;
  expect(answered).toBe(true);
});

test('a hang never answers', async () => {
  await using lab = await startTestSandbox();
  lab.sandbox.faults.set('*', { kind: 'hang' });
  const abort = new AbortController();
  const pending = raw(lab, '/rooms', abort.signal);
  await lab.sandbox.ledger.arrival(() => true);
  await lab.clock.advance(3_600_000);
  abort.abort();
  await expect(pending).rejects.toThrow('aborted');
});

test('a hang in mid-body sends half of an answer and never ends it', async () => {
  await using lab = await startTestSandbox();
  lab.sandbox.faults.set('*', { kind: 'hang-mid-body' });
  const { statusCode, headers, body } = await raw(lab);
  expect(statusCode).toBe(200);
  const [first] = await body.take(1).toArray();
  expect(String(first).length).toBeLessThan(Number(headers['content-length']));
});

test('a short answer has a Content-Length greater than its body', async () => {
  await using lab = await startTestSandbox();
  lab.sandbox.faults.set('*', { kind: 'short' });
  const { statusCode, body } = await raw(lab);
  expect(statusCode).toBe(200);
  await expect(body.text()).rejects.toThrow(/other side closed|terminated/);
});

test('a reset destroys the connection', async () => {
  await using lab = await startTestSandbox();
  lab.sandbox.faults.set('*', { kind: 'reset' });
  await expect(raw(lab)).rejects.toThrow(/other side closed|ECONNRESET/);
});

test('a cut answer is half of the JSON, sent as if it were complete', async () => {
  await using lab = await startTestSandbox();
  lab.sandbox.faults.set('*', { kind: 'cut' });
  expect(await rawText(lab)).toEqual([200, '{"limit":10,"dat']);
});

test('an empty answer has no body', async () => {
  await using lab = await startTestSandbox();
  lab.sandbox.faults.set('*', { kind: 'empty' });
  expect(await rawText(lab)).toEqual([200, '']);
});

test('a drip sends the whole body, a few bytes at a time', async () => {
  await using lab = await startTestSandbox();
  lab.sandbox.faults.set('*', { kind: 'drip', bytes: 10, everyMs: 200 });
  const { body } = await raw(lab);
  let text = '';
  const reading = (async () => {
    for await (const chunk of body) text += String(chunk);
  })();
  for (const sent of [10, 20, 30, 32]) {
    expect(text.length).toBeLessThanOrEqual(sent);
    await lab.clock.advance(200);
  }
  await reading;
  expect(text).toBe('{"limit":10,"data":[],"last":""}');
});

test('a shape fault transforms the correct answer, after the request has taken effect', async () => {
  await using lab = await startTestSandbox();
  lab.sandbox.faults.set('createRoom', { kind: 'shape', shape: (body) => [null, Object(body).name] });
  const authorization = `Bearer ${await managementToken({ now: START_MS / 1000 })}`;
  const { body } = await request(`${lab.sandbox.url}/rooms`, {
    method: 'POST',
    headers: { authorization },
    body: '{"name":"a"}',
  });
  expect(await body.json()).toEqual([null, 'a']);
  expect(lab.world.rooms.byName('a')).toBeDefined();
});

test('a text fault replaces the text of the correct answer, under its status and type', async () => {
  await using lab = await startTestSandbox();
  lab.sandbox.faults.set('listRooms', { kind: 'text', text: (json) => `\ufeff${json.length} 1e400` });
  const { statusCode, headers, body } = await raw(lab);
  expect([statusCode, headers['content-type']]).toEqual([200, 'application/json']);
  expect(await body.text()).toMatch(/^\ufeff?\d+ 1e400$/);
});

test('a huge answer has the requested number of bytes, and is JSON', async () => {
  await using lab = await startTestSandbox();
  lab.sandbox.faults.set('*', { kind: 'huge', bytes: 3_000_000 });
  const [, text] = await rawText(lab);
  expect(text.length).toBeGreaterThanOrEqual(3_000_000);
  expect(JSON.parse(text)).toBeInstanceOf(Array);
});

test('a huge answer stops when the client disconnects', async () => {
  await using lab = await startTestSandbox();
  lab.sandbox.faults.set('*', { kind: 'huge', bytes: 2 ** 40 });
  const ended = lab.sandbox.ledger.next(() => true);
  const { body } = await raw(lab);
  body.destroy();
  body.on('error', () => undefined);
  expect(await ended).toMatchObject({ status: 200 });
});

test('a redirect has the given location', async () => {
  await using lab = await startTestSandbox();
  lab.sandbox.faults.set('*', { kind: 'redirect', location: 'http://169.254.169.254/' });
  const { statusCode, headers, body } = await raw(lab);
  expect([statusCode, headers['location'], await body.text()]).toEqual([302, 'http://169.254.169.254/', '']);
});

describe('a lag', () => {
  test('lets acknowledged writes take effect later', async () => {
    await using lab = await startTestSandbox();
    const room = lab.world.rooms.create();
    const ada = lab.world.join(room.id, { name: 'Ada', role: 'host', userId: 'ada' });
    lab.sandbox.faults.set('*', { kind: 'lag', ms: 300 });
    const path = `/active-rooms/${room.id}`;
    const updated = await lab.rest.post(`${path}/peers/${ada.id}`, { name: 'Countess' });
    expect(updated.body).toMatchObject({ name: 'Ada' });
    await lab.clock.advance(300);
    expect(lab.world.sessions.connectedPeer(room.id, ada.id)).toMatchObject({ name: 'Countess' });
    await lab.rest.post(`${path}/remove-peers`, { peer_id: ada.id });
    await lab.rest.post(`${path}/end-room`, {});
    expect(lab.world.sessions.connectedPeers(room.id)).toHaveLength(1);
    await lab.clock.advance(300);
    expect(lab.world.sessions.active(room.id)).toBeUndefined();
  });

  test('drops an update of a peer who has left in the meantime', async () => {
    await using lab = await startTestSandbox();
    const room = lab.world.rooms.create();
    const ada = lab.world.join(room.id, { name: 'Ada', role: 'host', userId: 'ada' });
    lab.sandbox.faults.set('*', { kind: 'lag', ms: 300 });
    await lab.rest.post(`/active-rooms/${room.id}/peers/${ada.id}`, { name: 'Countess' });
    lab.world.leave(room.id, ada.id);
    const types: string[] = [];
    lab.world.events.on(({ type }) => types.push(type));
    await lab.clock.advance(300);
    expect(types).toEqual([]);
    expect(lab.world.sessions.all.get(ada.sessionId)?.peers.get(ada.id)).toMatchObject({ name: 'Ada' });
  });

  test('makes a second removal and a second ending fail, because they take effect too late', async () => {
    await using lab = await startTestSandbox();
    const room = lab.world.rooms.create();
    const ada = lab.world.join(room.id, { name: 'Ada', role: 'host', userId: 'ada' });
    lab.sandbox.faults.set('*', { kind: 'lag', ms: 300 });
    const types: string[] = [];
    lab.world.events.on(({ type }) => types.push(type));
    for (const [suffix, body] of [
      ['remove-peers', { peer_id: ada.id }],
      ['end-room', {}],
    ] as const) {
      await lab.rest.post(`/active-rooms/${room.id}/${suffix}`, body);
      await lab.rest.post(`/active-rooms/${room.id}/${suffix}`, body);
    }
    await lab.clock.advance(300);
    expect(types).toEqual([
      'peer.left',
      'session.closed',
      'peer.leave-failed',
      'room.end-failed',
      'room.end-failed',
    ]);
  });
});

describe('faults', () => {
  test('apply to one operation or to all, one after another, until used up or cleared', async () => {
    await using lab = await startTestSandbox();
    const { faults } = lab.sandbox;
    const statuses = async (path: string, count: number): Promise<number[]> => {
      const seen: number[] = [];
      for (let made = 0; made < count; made += 1) seen.push((await rawText(lab, path))[0]);
      return seen;
    };
    faults.set('listRooms', { kind: 'status', status: 500 }, { times: 2 });
    faults.set('*', { kind: 'status', status: 429 }, { times: 1 });
    const off = faults.set('listTemplates', { kind: 'status', status: 503 });
    expect(await statuses('/rooms', 4)).toEqual([500, 500, 429, 200]);
    expect(await statuses('/templates', 2)).toEqual([503, 503]);
    off();
    expect(await statuses('/templates', 1)).toEqual([200]);
    faults.set('listRooms', { kind: 'status', status: 500 });
    faults.set('listTemplates', { kind: 'status', status: 500 });
    faults.clear('listRooms');
    expect([await statuses('/rooms', 1), await statuses('/templates', 1)]).toEqual([[200], [500]]);
    faults.clear();
    expect(await statuses('/templates', 1)).toEqual([200]);
  });

  test('of an unknown operation are refused', async () => {
    await using lab = await startTestSandbox();
    expect(() => lab.sandbox.faults.set('listRoms', { kind: 'hang' })).toThrow('unknown operation listRoms');
  });

  test('end when the sandbox closes: hanging requests end, and no timer is left', async () => {
    const lab = await startTestSandbox({ living: true, data: 'demo' });
    lab.sandbox.faults.set('listRooms', { kind: 'hang' });
    lab.sandbox.faults.set('listTemplates', { kind: 'latency', ms: 1000 });
    const arrivals = ['/rooms', '/templates'].map((path) =>
      lab.sandbox.ledger.arrival((entry) => entry.path === path),
    );
    const pending = [raw(lab), raw(lab, '/templates')].map((answer) =>
      expect(answer).rejects.toThrow(/closed|ECONN/),
    );
    await Promise.all(arrivals);
    await lab.sandbox.close();
    await Promise.all(pending);
    expect(lab.clock.pending).toBe(0);
    await expect(raw(lab)).rejects.toThrow('ECONNREFUSED');
    await lab.sandbox.close();
  });
});

describe('stale reads', () => {
  test("show a room as it was before the write, while the write's own answer shows the change", async () => {
    await using lab = await startTestSandbox();
    const room = lab.world.rooms.create({ name: 'before' });
    lab.sandbox.faults.set('*', { kind: 'stale', ms: 2000 });
    const written = await lab.rest.post(`/rooms/${room.id}`, { name: 'after' });
    expect(written.body).toMatchObject({ name: 'after' });
    expect((await lab.rest.get(`/rooms/${room.id}`)).body).toMatchObject({ name: 'before' });
    await lab.clock.advance(1999);
    expect((await lab.rest.get('/rooms?name=after')).body).toMatchObject({ data: [] });
    await lab.clock.advance(1);
    expect((await lab.rest.get(`/rooms/${room.id}`)).body).toMatchObject({ name: 'after' });
    expect((await lab.rest.get('/rooms?name=after')).body).toMatchObject({ data: [{ id: room.id }] });
  });

  test('do not show a new template or role, but everything that existed before the fault', async () => {
    await using lab = await startTestSandbox();
    const { id } = lab.world.templates.create({ name: 'known', roles: { host: {} } });
    lab.sandbox.faults.set('getTemplate', { kind: 'stale', ms: 2000 });
    await lab.rest.post(`/templates/${id}/roles/guest`, { name: 'guest' });
    const created = await lab.rest.post('/templates', { name: 'new', roles: { host: {} } });
    const newId = Object(created.body).id as string;
    expect(Object.keys(Object((await lab.rest.get(`/templates/${id}`)).body).roles)).toEqual(['host']);
    expect((await lab.rest.get(`/templates/${newId}`)).status).toBe(404);
    expect((await lab.rest.get('/templates')).body).toMatchObject({ data: [{ id: newId }, { id }] });
    await lab.clock.advance(2000);
    expect((await lab.rest.get(`/templates/${newId}`)).status).toBe(200);
  });

  test('show peers who have left, and a session that has ended', async () => {
    await using lab = await startTestSandbox();
    const room = lab.world.rooms.create();
    const ada = lab.world.join(room.id, { name: 'Ada', role: 'host', userId: 'ada' });
    lab.sandbox.faults.set('*', { kind: 'stale', ms: 1000 });
    const tim = lab.world.join(room.id, { name: 'Tim', role: 'guest', userId: 'tim' });
    const path = `/active-rooms/${room.id}`;
    expect((await lab.rest.get(path)).body).toMatchObject({ session: { peers: [ada.id] } });
    await lab.clock.advance(1000);
    await lab.rest.post(`${path}/end-room`, {});
    expect((await lab.rest.get(path)).body).toMatchObject({ session: { peers: [ada.id, tim.id] } });
    expect((await lab.rest.get('/sessions?active=true')).body).toMatchObject({
      data: [{ room_id: room.id }],
    });
    await lab.clock.advance(1000);
    expect((await lab.rest.get(path)).status).toBe(404);
  });

  test('end after the number of reads in `times`', async () => {
    await using lab = await startTestSandbox();
    const room = lab.world.rooms.create({ name: 'before' });
    lab.sandbox.faults.set('getRoom', { kind: 'stale', ms: 2000 }, { times: 1 });
    lab.world.rooms.update(room.id, { name: 'after' });
    expect((await lab.rest.get(`/rooms/${room.id}`)).body).toMatchObject({ name: 'before' });
    expect((await lab.rest.get(`/rooms/${room.id}`)).body).toMatchObject({ name: 'after' });
  });
});
