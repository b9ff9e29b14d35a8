// A failure of the REST API fails only the fields that needed it, with an error code for each kind of failure. Other
// fields are answered; no error is INTERNAL, and none leaks a secret.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RestClientOptions } from '../../src/rest/client/client-options.ts';
import type { Fault } from '../../src/sandbox/http/faults.ts';
import { fuzzRuns } from '../support/fuzz.ts';
import { anySize, codesOf, startTestGateway, type Answer, type TestGateway } from '../support/gateway.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { memoryLog } from '../support/memory-log.ts';
import { idsOfEachNode, liveRoomOf, typeOfId } from '../support/nodes.ts';
import { nodeTypes, refetchEverything } from '../support/select-everything.ts';
import { addPeers, addRooms } from '../support/worlds.ts';

interface Trouble {
  readonly trouble: string;
  readonly fault: Fault;
  readonly code: string;
  readonly client?: Partial<RestClientOptions>;
  /** The sandbox answers only after the client's deadline. */
  readonly waits?: true;
  readonly more?: Readonly<Record<string, unknown>>;
}

const shape = (change: (body: unknown) => unknown): Fault => ({ kind: 'shape', shape: change });
/** The client's deadline, in milliseconds of the manual clock. */
const DEADLINE_MS = 10_000;

const troubles: readonly Trouble[] = [
  { trouble: 'a cut body', fault: { kind: 'cut' }, code: 'UPSTREAM_BAD_RESPONSE' },
  { trouble: 'a body shorter than announced', fault: { kind: 'short' }, code: 'UPSTREAM_BAD_RESPONSE' },
  { trouble: 'an empty body', fault: { kind: 'empty' }, code: 'UPSTREAM_BAD_RESPONSE' },
  {
    trouble: 'HTML',
    fault: { kind: 'status', status: 200, body: '<html>hello</html>' },
    code: 'UPSTREAM_BAD_RESPONSE',
  },
  { trouble: 'another shape', fault: shape(() => ({ hello: 'world' })), code: 'UPSTREAM_BAD_RESPONSE' },
  { trouble: 'a bare string', fault: shape(() => 'hello'), code: 'UPSTREAM_BAD_RESPONSE' },
  { trouble: 'null', fault: shape(() => null), code: 'UPSTREAM_BAD_RESPONSE' },
  {
    trouble: 'null items',
    fault: shape(() => ({ limit: 100, data: [null], last: '' })),
    code: 'UPSTREAM_BAD_RESPONSE',
  },
  {
    trouble: 'items without what names them',
    fault: shape(() => ({ limit: 100, data: [{ enabled: true }], last: '' })),
    code: 'UPSTREAM_BAD_RESPONSE',
  },
  {
    trouble: 'a huge body',
    fault: { kind: 'huge', bytes: 400_000 },
    code: 'UPSTREAM_BAD_RESPONSE',
    client: { maxBodyBytes: 100_000 },
  },
  {
    trouble: 'a redirect',
    fault: { kind: 'redirect', location: 'http://127.0.0.1:1/elsewhere' },
    code: 'UPSTREAM_BAD_RESPONSE',
  },
  { trouble: 'no answer at all', fault: { kind: 'hang' }, code: 'UPSTREAM_TIMEOUT', waits: true },
  {
    trouble: 'half an answer, then nothing',
    fault: { kind: 'hang-mid-body' },
    code: 'UPSTREAM_TIMEOUT',
    waits: true,
  },
  {
    trouble: 'an answer that is too late',
    fault: { kind: 'latency', ms: 60_000 },
    code: 'UPSTREAM_TIMEOUT',
    waits: true,
  },
  {
    trouble: 'an answer byte by byte',
    fault: { kind: 'drip' },
    code: 'UPSTREAM_TIMEOUT',
    waits: true,
  },
  { trouble: 'a broken connection', fault: { kind: 'reset' }, code: 'UPSTREAM_UNAVAILABLE' },
  {
    trouble: 'a 500',
    fault: { kind: 'status', status: 500 },
    code: 'UPSTREAM_UNAVAILABLE',
    more: { status: 500 },
  },
  {
    trouble: 'a 503 of a proxy',
    fault: { kind: 'status', status: 503, body: '<html>down</html>' },
    code: 'UPSTREAM_UNAVAILABLE',
    more: { status: 503 },
  },
  {
    trouble: 'a 429',
    fault: { kind: 'status', status: 429, headers: { 'retry-after': '7' } },
    code: 'UPSTREAM_RATE_LIMITED',
    more: { status: 429, retryAfter: 7 },
  },
  { trouble: 'a 403', fault: { kind: 'status', status: 403 }, code: 'UPSTREAM_ERROR', more: { status: 403 } },
  {
    trouble: 'a 401 that stays',
    fault: { kind: 'status', status: 401 },
    code: 'UPSTREAM_ERROR',
    more: { status: 401 },
  },
];

/** Two concurrent REST calls, of which one fails. */
const document = `query ($id: ID!) {
  room(id: $id) { name activeSession { hmsId } roomCodes { code } }
}`;

interface Troubled extends TestGateway {
  /** The text of the log. */
  text(): string;
  /** Runs a query. If the upstream hangs, advances the clock to the deadline once `isStuck` is true. */
  askThrough(query: string, variables: object, isStuck: () => boolean): Promise<Answer>;
}

async function startTroubled({ client, waits }: Partial<Trouble> = {}): Promise<Troubled> {
  const { log, text } = memoryLog();
  const clock = new ManualClock();
  const tested = await startTestGateway({
    log,
    clock,
    client: { deadlineMs: DEADLINE_MS, ...client },
    sandbox: { data: 'empty' },
  });
  const { world } = tested.sandbox;
  for (const { id } of addRooms(world, 3)) addPeers(world, id, 2);
  return {
    ...tested,
    text,
    async askThrough(query, variables, isStuck) {
      const answer = tested.ask(query, variables);
      if (waits === undefined) return answer;
      await expect.poll(isStuck, { interval: 5 }).toBe(true);
      await clock.advance(DEADLINE_MS);
      return answer;
    },
  };
}

/** Fails if the text has a secret or an internal address. */
function expectNoLeak(text: string, { sandbox }: TestGateway): void {
  expect(text).not.toMatch(/eyJ[\w-]+\.[\w-]+|CANARY|bearer/i);
  expect(text).not.toContain(new URL(sandbox.url).host);
  expect(text).not.toContain('127.0.0.1:1/elsewhere');
}

describe.each(troubles)('$trouble', (trouble) => {
  const { fault, code, more } = trouble;

  it(`is ${code} on the failed field, and the other fields are answered`, async () => {
    await using tested = await startTroubled(trouble);
    const id = liveRoomOf(tested);
    const { world, faults } = tested.sandbox;
    faults.set('listRoomCodes', fault);
    // The log has a line of the other call once its answer has been read.
    const answer = await tested.askThrough(document, { id }, () =>
      tested.text().includes('"route":"/sessions"'),
    );
    expect(answer.data).toEqual({
      room: {
        name: world.rooms.get(id).name,
        activeSession: { hmsId: world.sessions.active(id)?.id },
        roomCodes: null,
      },
    });
    expect(answer.errors).toMatchObject([{ path: ['room', 'roomCodes'], extensions: { code, ...more } }]);
    expectNoLeak(JSON.stringify(answer), tested);
    expectNoLeak(tested.text(), tested);
    expect(tested.text()).toContain('/room-codes/room/{room_id}');
  });

  it(`is ${code} on every root field if every call fails, until the failure ends`, async () => {
    await using tested = await startTroubled(trouble);
    const roomId = liveRoomOf(tested);
    const { world, faults, ledger } = tested.sandbox;
    const variables = {
      roomId,
      sessionId: world.sessions.active(roomId)?.id,
      templateId: world.rooms.get(roomId).templateId,
    };
    const all = `query ($roomId: ID!, $sessionId: ID!, $templateId: ID!) {
      rooms { edges { cursor } }
      sessions { edges { cursor } }
      templates { edges { cursor } }
      room(id: $roomId) { name }
      session(id: $sessionId) { hmsId }
      template(id: $templateId) { name }
    }`;
    faults.set('*', fault);
    const answer = await tested.askThrough(all, variables, () => ledger.count() >= 6);
    const nothing = {
      rooms: null,
      sessions: null,
      templates: null,
      room: null,
      session: null,
      template: null,
    };
    expect(answer.data).toEqual(nothing);
    expect(answer.errors?.map(({ extensions }) => extensions['code'])).toEqual(
      Array.from({ length: 6 }, () => code),
    );
    expectNoLeak(JSON.stringify(answer), tested);
    expectNoLeak(tested.text(), tested);
    faults.clear();
    if (code === 'UPSTREAM_RATE_LIMITED') return;
    const healed = await tested.ask(all, variables);
    expect(healed.errors).toBeUndefined();
    expect(Object.values(healed.data ?? {})).not.toContain(null);
  });
});

it('a mutation that fails does not change the results of those before and after it', async () => {
  await using tested = await startTestGateway({ sandbox: { data: 'empty' } });
  const { world, faults } = tested.sandbox;
  const { id } = world.rooms.create({ name: 'old' });
  faults.set('createRoomCodes', { kind: 'status', status: 503 });
  const answer = await tested.ask(
    `mutation ($id: ID!) {
      before: createRoom(input: { name: "new" }) { ... on Room { name } }
      broken: createRoomCodes(input: { roomId: $id }) { __typename }
      after: disableRoom(input: { id: $id }) { ... on Room { enabled } }
    }`,
    { id },
  );
  expect(answer.data).toEqual({ before: { name: 'new' }, broken: null, after: { enabled: false } });
  expect(answer.errors).toMatchObject([{ path: ['broken'], extensions: { code: 'UPSTREAM_UNAVAILABLE' } }]);
});

it.each([
  {
    what: 'a room',
    operation: 'updateRoom',
    read: 'query ($id: ID!) { found: room(id: $id) { name } }',
    change: 'mutation ($id: ID!) { updateRoom(input: { id: $id, name: "changed" }) { __typename } }',
  },
  {
    what: 'a template',
    operation: 'updateTemplate',
    read: 'query ($id: ID!) { found: template(id: $id) { name } }',
    change: 'mutation ($id: ID!) { patchTemplate(input: { id: $id, name: "changed" }) { __typename } }',
  },
])('$what is read again after a change whose answer was lost', async ({ what, operation, read, change }) => {
  await using tested = await startTestGateway({ sandbox: { data: 'empty' } });
  const { world, faults } = tested.sandbox;
  const { id } =
    what === 'a room'
      ? world.rooms.create({ name: 'old' })
      : world.templates.create({ name: 'old', roles: { guest: {} }, settings: {} });
  expect((await tested.ask(read, { id })).data).toEqual({ found: { name: 'old' } });
  faults.set(operation, { kind: 'cut' });
  expect(codesOf(await tested.ask(change, { id }))).toEqual(['UPSTREAM_BAD_RESPONSE']);
  expect((await tested.ask(read, { id })).data).toEqual({ found: { name: 'changed' } });
});

/** Wrong values for any key. */
const wrongValues = [
  null,
  undefined,
  '',
  'x',
  0,
  -1,
  1.5,
  4e9,
  1e300,
  true,
  [],
  {},
  [null],
  { x: null },
  '0001-01-01T00:00:00Z',
];

/** List indexes and ids used as keys: all values under such keys count as one kind of place. */
const ALIKE = /^(\d+|[0-9a-f-]{24,})$/;

/** A copy of `body` with one value replaced: at the first place of the kind with this number. */
function changedAt(body: unknown, kind: number, value: unknown): unknown {
  const copy: unknown = structuredClone(body);
  const places = new Map<string, () => void>();
  const visit = (holder: unknown, path: string): void => {
    if (typeof holder !== 'object' || holder === null) return;
    // Both arrays and objects can be read by their keys.
    const keyed = holder as Record<string, unknown>;
    for (const key of Object.keys(keyed)) {
      const place = `${path}/${ALIKE.test(key) ? '*' : key}`;
      // Another text as an id makes no invalid answer: it only names an object that does not exist.
      const isOtherId = /(^|_)id$/.test(key) && typeof value === 'string' && value !== '';
      if (!isOtherId && !places.has(place)) {
        places.set(place, () => {
          keyed[key] = value;
        });
      }
      visit(keyed[key], place);
    }
  };
  visit(copy, '');
  [...places.values()][kind % Math.max(1, places.size)]?.();
  return copy;
}

const upstreamCodes = /^(UPSTREAM_BAD_RESPONSE|UPSTREAM_ERROR|LIMIT_EXCEEDED)$/;

describe('an answer with one wrong value', () => {
  it('causes no INTERNAL error, whatever the value and its place', { timeout: 600_000 }, async () => {
    const everything = refetchEverything();
    const clock = new ManualClock();
    const { log, text, clear } = memoryLog();
    await using tested = await startTestGateway({ log, clock, limits: anySize });
    const { faults } = tested.sandbox;
    const ids = await idsOfEachNode(tested);
    expect(new Set(ids.map(typeOfId))).toEqual(new Set(nodeTypes()));
    const law = fc.asyncProperty(fc.nat(), fc.constantFrom(...wrongValues), async (kind, value) => {
      // After a minute all caches of the previous run have expired.
      await clock.advance(60_000);
      clear();
      faults.set('*', { kind: 'shape', shape: (body) => changedAt(body, kind, value) });
      const answer = await tested.ask(everything, { ids });
      faults.clear();
      for (const found of codesOf(answer))
        expect(String(found), `${JSON.stringify(answer.errors)}\n${text()}`).toMatch(upstreamCodes);
      expect(text()).not.toContain('failed unexpectedly');
    });
    expect(codesOf(await tested.ask(everything, { ids }))).toEqual([]);
    await fc.assert(law, fuzzRuns(30));
  });
});
