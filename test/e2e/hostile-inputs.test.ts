// Arbitrary inputs over real connections. Whatever comes, the gateway lives, no error is INTERNAL, no status says that the
// gateway failed, and nothing unexpected is in its log. FUZZ_RUNS sets the number of inputs: `npm run test:fuzz`. Answers of
// the REST API have one-fault.test.ts.
import { once } from 'node:events';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { Secret } from '../../src/secret.ts';
import { CANARY, watchAnswer } from '../support/canary.ts';
import { fuzzProgress, fuzzRuns } from '../support/fuzz.ts';
import { anyDocument, anyFrames, anyJson, anyRequest, anyWebhook } from '../support/hostile-inputs.ts';
import { memoryLog } from '../support/memory-log.ts';
import { openSocket } from '../support/raw-http.ts';
import { stage, type Stage } from './stage.ts';

/** Rooms look at themselves rarely: the inputs are what is tested. */
const SLOW = { pollIntervalMs: 60_000, pollMaxIntervalMs: 60_000, sessionCheckMs: 60_000 };
/** A connection that is open after so long is left, in milliseconds. */
const PATIENCE_MS = 5000;

const operations = [
  'query Room($id: ID!) { room(id: $id) { name peers(first: 2) { edges { node { role metadataJson } } } } }',
  'query Rooms($first: Int, $after: String, $filter: RoomFilter) { rooms(first: $first, after: $after, filter: $filter) { edges { cursor node { id } } pageInfo { hasNextPage } } }',
  'query Nodes($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Room { name } } }',
  'query Peer($id: ID!, $peer: ID!) { peer(roomId: $id, id: $peer) { ...F } } fragment F on Peer { name joinedAt }',
  'mutation Rename($input: UpdateRoomInput!) { updateRoom(input: $input) { __typename } }',
  'mutation Send($input: SendMessageInput!) { sendMessage(input: $input) { __typename } }',
  '{ a: __typename b: rooms(first: 1) { edges { node { ... @include(if: true) { hmsId } } } } }',
];
const names = ['id', 'first', 'after', 'filter', 'ids', 'peer', 'input'];

const log = memoryLog();
let gateway: Stage;

beforeAll(async () => {
  gateway = await stage({ config: { ...SLOW, webhookSecrets: [new Secret(CANARY)] }, log: log.log });
});

afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
});

/** What an input has brought to light; empty: nothing. */
function breaches(status: number | null, text: string): readonly string[] {
  watchAnswer(text);
  const errors = log
    .text()
    .split('\n')
    .filter((line) => /^\{"level":[56]0/.test(line));
  log.clear();
  return [
    ...(status !== null && status >= 500 && !text.includes('UPSTREAM_') ? [`status ${status}: ${text}`] : []),
    ...(text.includes('"INTERNAL"') ? [text] : []),
    ...errors,
  ];
}

/** Tries inputs until one breaks a law. */
async function search<Input>(
  what: string,
  inputs: fc.Arbitrary<Input>,
  attempt: (input: Input) => Promise<readonly string[]>,
): Promise<void> {
  const progress = fuzzProgress(what);
  const law = fc.asyncProperty(inputs, async (input) => {
    const broken = await attempt(input);
    progress();
    expect(broken).toEqual([]);
  });
  await fc.assert(law, fuzzRuns(150));
  const health = await fetch(`${gateway.url}/health`);
  expect(health.status).toBe(200);
}

async function post(body: string): Promise<readonly string[]> {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  return breaches(response.status, await response.text());
}

it('documents', async () => {
  await search('documents', anyDocument(operations), (query) => post(JSON.stringify({ query })));
});

it('variables', async () => {
  const variables = fc.dictionary(fc.constantFrom(...names), anyJson);
  const inputs = fc.record({
    query: fc.constantFrom(...operations),
    variables: fc.oneof(variables, anyJson),
  });
  await search('variables', inputs, (input) => post(JSON.stringify(input)));
});

it('requests', async () => {
  await search('requests', anyRequest, async (request) => {
    const answer = await answerTo(request);
    // An answer may be followed by others, where a body was taken for the next request.
    const statuses = answer.matchAll(/^HTTP\/1\.1 (\d{3})/gm).map(([, status]) => Number(status));
    return statuses.flatMap((status) => breaches(status, answer)).toArray();
  });
});

it('webhooks', async () => {
  await search('webhooks', anyWebhook, async (body) => {
    const response = await fetch(`${gateway.url}/webhooks/100ms`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-webhook-secret': CANARY },
      body,
    });
    return breaches(response.status, await response.text());
  });
});

it('frames', async () => {
  await search('frames', anyFrames, async (frames) => {
    const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    const received: string[] = [];
    socket.on('message', (data: Buffer) => received.push(data.toString()));
    socket.on('error', () => undefined);
    const closed = once(socket, 'close');
    await once(socket, 'open');
    for (const frame of frames) socket.send(frame);
    // A frame that ends any connection, so all frames before it have been read.
    socket.send('the end');
    // The arguments of the event.
    const [code] = (await closed) as [number];
    const broken = breaches(null, received.join('\n'));
    return [1011, 4500].includes(code) ? [...broken, `closed with ${code}`] : broken;
  });
});

/** Sends a request and resolves with all that comes until the connection ends. */
async function answerTo(request: string): Promise<string> {
  const socket = await openSocket(gateway.url);
  socket.on('error', () => undefined);
  let answer = '';
  socket.on('data', (data) => {
    answer += data.toString('latin1');
  });
  const timer = setTimeout(() => socket.destroy(), PATIENCE_MS);
  // The end of what is sent tells the gateway that a body which is too short will not go on.
  socket.end(request, 'latin1');
  await once(socket, 'close');
  clearTimeout(timer);
  return answer;
}
