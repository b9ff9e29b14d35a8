// A mutation at one instance and the next query at another one, while the reads of the REST API lag behind writes: whatever
// the query shows of the mutation it has from the broadcast.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findRedis, redisNotice } from '../../support/redis-server.ts';
import { startInstances, type Instances } from './gateways.ts';

/** Less than the 5 s for which a write is laid over reads; a broadcast takes some milliseconds. */
const SOON = { interval: 2, timeout: 4000 };

/** Ids of objects that each row below has for itself. */
interface Ids {
  readonly room: string;
  readonly template: string;
  readonly code: string;
  readonly ada: string;
  readonly poll: string;
}

interface Row {
  /** Aliases the mutation `done`. */
  readonly mutation: (ids: Ids) => string;
  readonly query: (ids: Ids, done: Record<string, string>) => string;
  readonly before?: unknown;
  readonly after: unknown;
}

const template = (fields: string) => (ids: Ids) => `found: template(id: "${ids.template}") { ${fields} }`;
const room = (fields: string) => (ids: Ids) => `found: room(id: "${ids.room}") { ${fields} }`;
const poll = (fields: string) => (ids: Ids) => `found: poll(id: "${ids.poll}") { ${fields} }`;
const questions = 'questions { text options { text } }';
const quiz = {
  questions: [
    { text: 'one', options: [{ text: 'a' }, { text: 'b' }] },
    { text: 'two', options: [] },
  ],
};

const rows: Readonly<Record<string, Row>> = {
  createRoom: {
    mutation: () => 'createRoom(input: { name: "brand-new" }) { __typename ... on Room { hmsId } }',
    query: (_, { hmsId }) => `found: room(id: "${hmsId}") { name }`,
    after: { name: 'brand-new' },
  },
  updateRoom: {
    mutation: ({ room: id }) =>
      `updateRoom(input: { id: "${id}", description: "Evening class" }) { __typename }`,
    query: room('description'),
    after: { description: 'Evening class' },
  },
  disableRoom: {
    mutation: ({ room: id }) => `disableRoom(input: { id: "${id}" }) { __typename }`,
    query: room('enabled'),
    before: { enabled: true },
    after: { enabled: false },
  },
  createRoomCode: {
    mutation: ({ room: id }) => `createRoomCode(input: { roomId: "${id}", role: "host" }) { __typename }`,
    query: room('roomCodes { role }'),
    before: { roomCodes: [{ role: 'guest' }] },
    after: { roomCodes: [{ role: 'host' }, { role: 'guest' }] },
  },
  disableRoomCode: {
    mutation: ({ code }) => `disableRoomCode(input: { code: "${code}" }) { __typename }`,
    query: room('roomCodes { enabled }'),
    before: { roomCodes: [{ enabled: true }] },
    after: { roomCodes: [{ enabled: false }] },
  },
  createTemplate: {
    mutation: () =>
      'createTemplate(input: { name: "brand-new", roles: [{ name: "host" }] }) { __typename ... on Template { hmsId } }',
    query: (_, { hmsId }) => `found: template(id: "${hmsId}") { name roles { name } }`,
    after: { name: 'brand-new', roles: [{ name: 'host' }] },
  },
  patchTemplate: {
    mutation: ({ template: id }) =>
      `patchTemplate(input: { id: "${id}", removeRoles: ["guest"] }) { __typename }`,
    query: template('roles { name }'),
    before: { roles: [{ name: 'guest' }, { name: 'host' }] },
    after: { roles: [{ name: 'host' }] },
  },
  setRole: {
    mutation: ({ template: id }) => `setRole(input: { templateId: "${id}", name: "helper" }) { __typename }`,
    query: template('roles { name }'),
    after: { roles: [{ name: 'guest' }, { name: 'helper' }, { name: 'host' }] },
  },
  renameRole: {
    mutation: ({ template: id }) =>
      `renameRole(input: { templateId: "${id}", name: "guest", newName: "visitor" }) { __typename }`,
    query: template('roles { name }'),
    after: { roles: [{ name: 'host' }, { name: 'visitor' }] },
  },
  deleteRole: {
    mutation: ({ template: id }) =>
      `deleteRole(input: { templateId: "${id}", name: "guest" }) { __typename }`,
    query: template('roles { name }'),
    after: { roles: [{ name: 'host' }] },
  },
  updateTemplateSettings: {
    mutation: ({ template: id }) =>
      `updateTemplateSettings(input: { templateId: "${id}", region: EU }) { __typename }`,
    query: template('settings { region }'),
    after: { settings: { region: 'EU' } },
  },
  updateTemplateDestinations: {
    mutation: ({ template: id }) =>
      `updateTemplateDestinations(input: { templateId: "${id}", hls: [{ name: "first" }] }) { __typename }`,
    query: template('destinations { hls { name } }'),
    after: { destinations: { hls: [{ name: 'first' }] } },
  },
  updateRecordingConfig: {
    mutation: ({ template: id }) =>
      `updateRecordingConfig(input: { templateId: "${id}", name: "default", role: "host" }) { __typename }`,
    query: template('recordingConfigs { role }'),
    before: { recordingConfigs: [] },
    after: { recordingConfigs: [{ role: 'host' }] },
  },
  createPoll: {
    mutation: () => 'createPoll(input: { title: "Quiz" }) { __typename ... on Poll { hmsId } }',
    query: (_, { hmsId }) => `found: poll(id: "${hmsId}") { title }`,
    after: { title: 'Quiz' },
  },
  updatePoll: {
    mutation: ({ poll: id }) => `updatePoll(input: { id: "${id}", title: "Evening quiz" }) { __typename }`,
    query: poll('title'),
    after: { title: 'Evening quiz' },
  },
  setPollQuestion: {
    mutation: ({ poll: id }) =>
      `setPollQuestion(input: { pollId: "${id}", question: 2, value: { text: "three" } }) { __typename }`,
    query: poll(questions),
    before: quiz,
    after: { questions: [quiz.questions[0], { text: 'three', options: [] }] },
  },
  deletePollQuestion: {
    mutation: ({ poll: id }) => `deletePollQuestion(input: { pollId: "${id}", question: 1 }) { __typename }`,
    query: poll(questions),
    after: { questions: [{ text: 'two', options: [] }] },
  },
  setPollOption: {
    mutation: ({ poll: id }) =>
      `setPollOption(input: { pollId: "${id}", question: 1, option: 2, text: "c" }) { __typename }`,
    query: poll('questions { options { text } }'),
    after: { questions: [{ options: [{ text: 'a' }, { text: 'c' }] }, { options: [] }] },
  },
  deletePollOption: {
    mutation: ({ poll: id }) =>
      `deletePollOption(input: { pollId: "${id}", question: 1, option: 1 }) { __typename }`,
    query: poll('questions { options { text } }'),
    after: { questions: [{ options: [{ text: 'b' }] }, { options: [] }] },
  },
  createStreamKey: {
    mutation: ({ room: id }) => `createStreamKey(input: { roomId: "${id}" }) { __typename }`,
    query: room('streamKey { enabled }'),
    before: { streamKey: null },
    after: { streamKey: { enabled: true } },
  },
  startRecording: {
    mutation: ({ room: id }) =>
      `startRecording(input: { roomId: "${id}" }) { __typename ... on Recording { hmsId } }`,
    query: (_, { hmsId }) => `found: recording(id: "${hmsId}") { status }`,
    after: { status: 'STARTING' },
  },
  startLiveStream: {
    mutation: ({ room: id }) =>
      `startLiveStream(input: { roomId: "${id}" }) { __typename ... on LiveStream { hmsId } }`,
    query: (_, { hmsId }) => `found: liveStream(id: "${hmsId}") { status }`,
    after: { status: 'STARTING' },
  },
  startExternalStream: {
    mutation: ({ room: id }) =>
      `startExternalStream(input: { roomId: "${id}", rtmpUrls: ["rtmp://live.example.com/app/key"] }) { __typename ... on ExternalStream { hmsId } }`,
    query: (_, { hmsId }) => `found: externalStream(id: "${hmsId}") { status }`,
    after: { status: 'STARTING' },
  },
  updatePeer: {
    mutation: ({ room: id, ada }) =>
      `updatePeer(input: { roomId: "${id}", peerId: "${ada}", name: "Ada L." }) { __typename }`,
    query: room('peers(filter: { userId: "ada" }) { edges { node { name } } }'),
    before: { peers: { edges: [{ node: { name: 'Ada' } }] } },
    after: { peers: { edges: [{ node: { name: 'Ada L.' } }] } },
  },
  removePeer: {
    mutation: ({ room: id, ada }) =>
      `removePeer(input: { roomId: "${id}", peerId: "${ada}" }) { __typename }`,
    query: room('peerCount'),
    before: { peerCount: 2 },
    after: { peerCount: 1 },
  },
  removePeersByRole: {
    mutation: ({ room: id }) => `removePeersByRole(input: { roomId: "${id}", role: "guest" }) { __typename }`,
    query: room('peers { edges { node { name } } }'),
    after: { peers: { edges: [{ node: { name: 'Ada' } }] } },
  },
  endRoom: {
    mutation: ({ room: id }) => `endRoom(input: { roomId: "${id}", lock: true }) { __typename }`,
    query: room('enabled activeSession { hmsId }'),
    before: { enabled: true, activeSession: { hmsId: expect.any(String) } },
    after: { enabled: false, activeSession: null },
  },
};

describe.skipIf(findRedis('redis') === undefined)(`with Redis${redisNotice('redis')}`, () => {
  let instances: Instances;
  const ids = new Map<string, Ids>();

  beforeAll(async () => {
    instances = await startInstances();
    const { world, faults } = instances.sandbox;
    for (const name of Object.keys(rows)) {
      const { id: templateId } = world.templates.create({
        name: `of ${name}`,
        roles: { host: { priority: 1 }, guest: { priority: 2 } },
      });
      const { id } = world.rooms.create({ name: `of-${name}`, templateId });
      const ada = world.join(id, { name: 'Ada', role: 'host', userId: 'ada' });
      world.join(id, { name: 'Grace', role: 'guest', userId: 'grace' });
      const created = (await instances.here.data(
        `mutation { createPoll(input: { title: "Of ${name}", questions: [{ text: "one", options: [{ text: "a" }, { text: "b" }] }, { text: "two" }] }) { ... on Poll { hmsId } } }`,
      )) as { createPoll: { hmsId: string } };
      const { code } = world.roomCodes.create(id, 'guest');
      ids.set(name, { room: id, template: templateId, code, ada: ada.id, poll: created.createPoll.hmsId });
    }
    faults.set('*', { kind: 'stale', ms: 60_000 });
  });
  afterAll(() => instances[Symbol.asyncDispose]());

  it.each(Object.entries(rows))(
    '%s at one instance shows in the next query at another one',
    async (name, row) => {
      const { here, there } = instances;
      const own = ids.get(name);
      if (own === undefined) throw new Error('the row has no objects');
      const read = (done: Record<string, string>) => there.data(`{ ${row.query(own, done)} }`);
      // Fills the caches of the other instance, where there is something to be read.
      if (row.before !== undefined) expect(await read({})).toEqual({ found: row.before });
      const { done } = (await here.data(`mutation { done: ${row.mutation(own)} }`)) as {
        done: Record<string, string>;
      };
      expect(done['__typename']).not.toMatch(/Error$/);
      await expect.poll(() => read(done), SOON).toEqual({ found: row.after });
    },
  );
});
