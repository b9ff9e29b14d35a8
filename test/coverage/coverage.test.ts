// Every operation of the REST API is used by the graph: the document of each row runs, and the sandbox's ledger shows
// its operation.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isObjectType } from 'graphql';
import { schema } from '../../schema/index.ts';
import { openApiDocument } from '../../src/openapi/document.ts';
import { startTestGateway, type Answer, type TestGateway } from '../support/gateway.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { printCoverage, referenced } from './print.ts';
import type { Cast } from './row.ts';
import { coverage } from './table.ts';

const operationIds = Object.values(openApiDocument.paths).flatMap((item) =>
  [item.get, item.post, item.delete].flatMap((operation) =>
    operation === undefined ? [] : [operation.operationId],
  ),
);

/** The vendor's reference describes the linking of polls to rooms twice; both are operations of rooms. */
const DOCUMENTED_TWICE = 2;

test('every operation of the REST API has a row', () => {
  expect(Object.keys(coverage).toSorted()).toEqual(operationIds.toSorted());
  expect(referenced().length + DOCUMENTED_TWICE).toBe(81);
});

test('every row names existing fields', () => {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const isField = (name: string) => {
    const [typeName = '', field] = name.split('.');
    if (field === undefined) return roots.some((root) => root?.getFields()[name] !== undefined);
    const type = schema.getType(typeName);
    return isObjectType(type) && type.getFields()[field] !== undefined;
  };
  const named = Object.values(coverage).flatMap(({ fields }) => fields);
  expect(named.filter((name) => !isField(name))).toEqual([]);
  expect(Object.values(coverage).every(({ fields }) => fields.length > 0)).toBe(true);
});

test('docs/coverage.md equals the text printed from the table', () => {
  expect(readFileSync(new URL('../../docs/coverage.md', import.meta.url), 'utf8')).toBe(printCoverage());
});

test(
  'the document of every row causes a request of its operation, within the points taken before',
  { timeout: 60_000 },
  async () => {
    const clock = new ManualClock();
    await using tested = await startTestGateway({
      clock,
      // The manual clock runs faster than the network, so a deadline measured by it would end calls too early.
      client: { deadlineMs: 3_600_000_000 },
      limits: { pointsPerMinute: 1e9 },
    });
    const { catalog } = tested.gateway.services;
    tested.sandbox.world.sip.answerMs = 1;
    const cast = await findCast(tested, clock);
    const silent: string[] = [];
    const mispriced: string[] = [];
    for (const [operationId, { document }] of Object.entries(coverage)) {
      tested.sandbox.ledger.clear();
      catalog.forgetRoom(cast.room);
      catalog.forgetTemplate(cast.template);
      const { extensions } = await answered(tested, clock, document(cast));
      const cost = extensions?.['cost'] as
        | { readonly requested: number; readonly actual: number }
        | undefined;
      const { requested, actual } = cost ?? { requested: 0, actual: 0 };
      const calls = tested.sandbox.ledger.count();
      if (cost === undefined || actual < calls * 10 || actual > requested) {
        mispriced.push(`${operationId}: ${calls} calls, ${actual} of ${requested} points`);
      }
      const done = tested.sandbox.ledger.entries.some(
        ({ operationId: ran, status = 0 }) => ran === operationId && status >= 200 && status <= 299,
      );
      if (!done) silent.push(operationId);
    }
    expect(silent).toEqual([]);
    expect(mispriced).toEqual([]);
  },
);

/** Runs a document and advances the sandbox's timers until the gateway answers, for at most 30 s of its clock. */
async function answered(tested: TestGateway, clock: ManualClock, document: string): Promise<Answer> {
  const waiting = { done: false };
  const answer = tested.ask(document).finally(() => {
    waiting.done = true;
  });
  for (let turn = 0; turn < 25_000 && !waiting.done; turn += 1) await clock.advance(1);
  const { data, errors, extensions = {} } = await answer;
  if (data == null) throw new Error(`${document} has no answer: ${JSON.stringify(errors)}`);
  return { data, extensions };
}

/** Objects of the demo world that the documents of the rows name. */
/** The kinds of jobs that the cast starts. */
const JOB_KINDS = ['live-stream', 'recording', 'external-stream'] as const;

async function findCast(tested: TestGateway, clock: ManualClock): Promise<Cast> {
  const { world } = tested.sandbox;
  const rooms = [...world.rooms.all.values()].filter(({ enabled }) => enabled);
  const live = rooms.find(
    ({ id, templateId }) =>
      world.sessions.active(id) !== undefined &&
      world.templates.all.get(templateId)?.roles.has('host') === true,
  );
  const session = world.sessions.active(live?.id ?? '');
  if (live === undefined || session === undefined) throw new Error('no room of the demo world fits');
  const roomId = live.id;
  const idOf = async (field: string, type: string, input: string, id = 'hmsId'): Promise<string> => {
    const { data } = await answered(
      tested,
      clock,
      `mutation { made: ${field}(input: { ${input} }) { ... on ${type} { id: ${id} } ... on Error { message } } }`,
    );
    const { made } = data as { made: { id?: string; message?: string } };
    if (made.id === undefined) throw new Error(`${field}: ${made.message}`);
    return made.id;
  };
  const inRoom = `roomId: "${roomId}"`;
  // Jobs of the demo data: the vendor refuses a second start while one runs.
  for (const kind of JOB_KINDS) for (const { id } of world.jobs.activeOf(roomId, kind)) world.jobs.stop(id);
  const liveStream = await idOf('startLiveStream', 'LiveStream', inRoom);
  const recording = await idOf('startRecording', 'Recording', inRoom);
  const externalStream = await idOf(
    'startExternalStream',
    'ExternalStream',
    `${inRoom}, rtmpUrls: ["rtmp://a.example/b"]`,
  );
  await clock.advance(30_000);
  const answers = [...world.polls.all.keys()].flatMap((pollId) => world.pollRuns.responsesOf(pollId));
  const run = answers.find(({ score }) => score !== undefined);
  return {
    world,
    room: roomId,
    idleRoom: rooms.find(({ id }) => world.sessions.active(id) === undefined)?.id ?? '',
    session: session.id,
    peer: [...session.peers.values()].find(({ leftAt }) => leftAt === undefined)?.id ?? '',
    template: live.templateId,
    liveStream,
    recording,
    externalStream,
    asset: [...world.jobs.assets.keys()][0] ?? '',
    poll: run?.pollId ?? '',
    pollSession: run?.sessionId ?? '',
    pollResponse: run?.id ?? '',
    pollResult: run?.resultId ?? '',
    roomCode: await idOf('createRoomCode', 'RoomCode', `${inRoom}, role: "host"`, 'code'),
    trunk: await idOf(
      'createSipTrunk',
      'SipTrunk',
      'username: "u", password: "p", address: "sip.example.com", from: "+1"',
    ),
    workflow: await idOf('replayWebhooks', 'StartedWebhookReplay', 'limit: 1', 'workflowId'),
    authToken: await idOf('createAuthToken', 'AuthToken', `${inRoom}, role: "host", userId: "u"`, 'token'),
  };
}
