// The set-up of the access tests: a gateway with authentication, and rooms with all objects that the rows need.
import { systemClock } from '../../src/clock.ts';
import type { Config } from '../../src/config.ts';
import type { JobKind } from '../../src/sandbox/media/job-records.ts';
import type { SessionRecord } from '../../src/sandbox/records.ts';
import type { World } from '../../src/sandbox/live/world.ts';
import type { TemplateRole } from '../../src/openapi/types.ts';
import { startTestGateway, type TestGateway, type TestGatewayOptions } from '../support/gateway.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { addPastJobs, addRunningJob } from '../support/media.ts';
import { hireDoorkeeper, joiningToken, type Doorkeeper } from './credentials.ts';
import type { AccessCast } from './row.ts';
import { askOverHttp } from './transports.ts';
import { streamKeysOf } from '../../src/sandbox/media/stream-keys.ts';

const HOUR_MS = 3_600_000;
/** The most steps, of one millisecond of the gateway's clock each, for which an answer is awaited. */
const MOST_TURNS = 20_000;
/** The least real time for which an answer is awaited, in milliseconds. */
const LEAST_WAIT_MS = 10_000;
const JOB_KINDS: readonly JobKind[] = ['live-stream', 'recording', 'external-stream'];

/** The user ids of the participants. Each has a role of the same name, which has the permission of that name. */
export const participants = ['plain', 'changeRole', 'removeOthers', 'endRoom'] as const;

export type ParticipantName = (typeof participants)[number];

export interface AccessStage extends AsyncDisposable {
  readonly tested: TestGateway;
  readonly world: World;
  readonly clock: ManualClock;
  readonly doorkeeper: Doorkeeper;
  readonly cast: AccessCast;
  /** A live room that is not the cast's, and its session. */
  readonly other: { readonly room: string; readonly session: string };
  /** The ids of the participants' peers, by user id. */
  readonly peers: ReadonlyMap<string, string>;
  /** The token with which `userId` joins `roomId`; by default its role is named like the user. */
  readonly joiningToken: (
    userId: string,
    roomId?: string,
    validForSeconds?: number,
    role?: string,
  ) => Promise<string>;
}

/**
 * Starts the stage. The gateway's clock stands still, so it polls nothing and reads nothing again until a test advances
 * the clock. The sandbox uses the system clock.
 */
export async function startStage(
  config: Partial<Config> = {},
  federate?: TestGatewayOptions['federate'],
): Promise<AccessStage> {
  await using resources = new AsyncDisposableStack();
  const clock = new ManualClock(Date.now());
  const doorkeeper = resources.use(await hireDoorkeeper(clock));
  const tested = resources.use(
    await startTestGateway({
      clock,
      config,
      federate,
      authentication: doorkeeper,
      sandbox: { data: 'empty', clock: systemClock },
      // The manual clock runs faster than the network, so a deadline measured by it would end calls too early.
      client: { deadlineMs: 3_600_000_000 },
    }),
  );
  const { world } = tested.sandbox;
  world.sip.answerMs = 0;
  const { authTokens } = tested.gateway.services;
  const scene = buildScene(world);
  const tokenOf: AccessStage['joiningToken'] = (
    userId,
    roomId = scene.room,
    validForSeconds = 3600,
    role = userId,
  ) => joiningToken(authTokens, { userId, roomId, role, validForSeconds });
  const workflow = await startReplay(tested, doorkeeper.key({ scopes: ['*'] }));
  const cast = { ...scene, world, workflow, authToken: await tokenOf('plain') };
  tested.sandbox.ledger.clear();
  const all = resources.move();
  return {
    tested,
    world,
    clock,
    doorkeeper,
    cast,
    other: scene.other,
    peers: scene.peers,
    joiningToken: tokenOf,
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

/**
 * Advances the gateway's clock until `awaited` settles, by at most 20 s. On a busy machine the answer may be late: it is
 * awaited for at least 10 s of real time. Then throws. Calls `meanwhile` before each step.
 */
export async function whileTimeGoesOn<Result>(
  awaited: Promise<Result>,
  clock: ManualClock,
  meanwhile: () => void = () => undefined,
): Promise<Result> {
  const waiting = { done: false };
  const over = () => {
    waiting.done = true;
  };
  awaited.then(over, over);
  const endAt = performance.now() + LEAST_WAIT_MS;
  for (let turn = 0; !waiting.done && (turn < MOST_TURNS || performance.now() < endAt); turn += 1) {
    meanwhile();
    await clock.advance(turn < MOST_TURNS ? 1 : 0);
  }
  if (!waiting.done) throw new Error("nothing came within 20 s of the gateway's time");
  return awaited;
}

async function startReplay(tested: TestGateway, key: string): Promise<string> {
  const document =
    'mutation { made: replayWebhooks(input: { limit: 1 }) { ... on StartedWebhookReplay { workflowId } } }';
  const { data } = await askOverHttp(tested.gateway, key, document);
  // The document selects it. If it is missing, the row that uses the id fails.
  return (data as { made?: { workflowId?: string } } | undefined)?.made?.workflowId ?? '';
}

/** Fills the world: a live room with an object of each kind, another live room that is empty of them, and one that is not ours. */
export function buildScene(world: World) {
  const template = world.templates.create({ name: 'access', roles: rolesOf(), settings: {} });
  const room = world.rooms.create({ name: 'ours', templateId: template.id }).id;
  const lockRoom = world.rooms.create({ name: 'ours as well', templateId: template.id }).id;
  const otherRoom = world.rooms.create({ name: 'theirs', templateId: template.id }).id;
  const startMs = Date.now() - HOUR_MS;
  const join = (roomId: string, userId: string, role: string) =>
    world.at(startMs, () => world.join(roomId, { name: `${userId} of ${roomId}`, userId, role })).id;
  const [peer, second, third] = ['ada', 'grace', 'emmy'].map((userId) => join(room, userId, 'guest'));
  const peers = new Map(participants.map((name) => [name, join(room, name, name)]));
  world.leave(room, join(room, 'gone', 'changeRole'));
  join(lockRoom, 'ada', 'guest');
  join(otherRoom, 'elsewhere', 'changeRole');
  const [session, theirs] = [room, otherRoom].map((roomId) => world.sessions.active(roomId));
  if (peer === undefined || second === undefined || third === undefined) throw new Error('nobody joined');
  if (session === undefined || theirs === undefined) throw new Error('the rooms are not live');
  streamKeysOf(world).create(room);
  return {
    ...mediaOf(world, session),
    ...pollOf(world, room, session),
    room,
    lockRoom,
    other: { room: otherRoom, session: theirs.id },
    session: session.id,
    peers,
    peer,
    second,
    third,
    self: peer,
    template: template.id,
    spareTemplate: world.templates.create({ name: 'spare', roles: rolesOf(), settings: {} }).id,
    roomCode: world.roomCodes.create(room, 'host').code,
    trunk: world.sip.createTrunk({ username: 'u', password: 'p', address: 'sip.example.com', from: '+1' }).id,
  };
}

function rolesOf(): Record<string, TemplateRole> {
  const names = ['host', 'guest', ...participants];
  return Object.fromEntries(
    names.map((name) => [
      name,
      { permissions: { changeRole: false, removeOthers: false, endRoom: false, [name]: true } },
    ]),
  );
}

function mediaOf(world: World, session: SessionRecord) {
  for (const kind of JOB_KINDS) addPastJobs(world, session, kind, 1);
  const asset = [...world.jobs.assets.values()].find(({ roomId }) => roomId === session.roomId)?.id ?? '';
  const [liveStream = '', recording = '', externalStream = ''] = JOB_KINDS.map((kind) => {
    addRunningJob(world, session, kind);
    return world.jobs.activeOf(session.roomId, kind)[0]?.id;
  });
  return { asset, liveStream, recording, externalStream };
}

function pollOf(world: World, roomId: string, session: SessionRecord) {
  const options = [{ text: 'A' }, { text: 'B' }];
  const poll = world.polls.create({
    title: 'Ours',
    questions: [{ type: 'single-choice', text: 'Which?', options }],
  });
  world.rooms.update(roomId, { polls: [poll.id] });
  return { poll: poll.id, pollSession: session.id, pollResponse: '', pollResult: '' };
}
