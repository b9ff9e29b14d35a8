// Reads that lag behind writes by up to 2 s, as the vendor's do. A mutation returns what it wrote, a later change
// starts from it, no cache contradicts it, and a done write is never reported as failed.
import { describe, expect, it } from 'vitest';
import { WRITE_LAG_MS } from '../../src/rest/catalog/written.ts';
import { startLagging } from './lagging-scene.ts';
import { startScene, type Scene } from './rooms/room-scene.ts';

const template = '... on Template { hmsId name roles { name priority } settings { region } }';

async function createTemplate(scene: Scene): Promise<string> {
  const { created } = (await scene.data(`mutation {
    created: createTemplate(input: { name: "hall", roles: [{ name: "host", priority: 1 }, { name: "guest", priority: 3 }] }) { ${template} }
  }`)) as { created: { hmsId: string } };
  expect(created).toMatchObject({
    name: 'hall',
    roles: [
      { name: 'guest', priority: 3 },
      { name: 'host', priority: 1 },
    ],
  });
  return created.hmsId;
}

describe('while reads lag behind writes', () => {
  it('a room that was disabled is disabled in the answer, in later queries and in lists', async () => {
    await using scene = await startLagging();
    const { id } = scene.room;
    const room = `... on Room { enabled }`;
    expect(await scene.data(`mutation { disableRoom(input: { id: "${id}" }) { ${room} } }`)).toEqual({
      disableRoom: { enabled: false },
    });
    const read = `{ room(id: "${id}") { enabled name template { name } } rooms(first: 10) { edges { node { enabled } } } }`;
    for (let time = 0; time < 3; time += 1) {
      expect(await scene.data(read)).toMatchObject({
        room: { enabled: false, name: scene.room.name, template: { name: expect.any(String) } },
        rooms: { edges: [{ node: { enabled: false } }] },
      });
    }
    expect(await scene.data(`mutation { enableRoom(input: { id: "${id}" }) { ${room} } }`)).toEqual({
      enableRoom: { enabled: true },
    });
    expect(await scene.data(read)).toMatchObject({ room: { enabled: true } });
  });

  it("changes of a room's settings one after another are all in the answer", async () => {
    await using scene = await startLagging();
    const change = (input: string) =>
      scene.data(
        `mutation { result: updateRoom(input: { id: "${scene.room.id}", ${input} }) { ... on Room { description size template { name } } } }`,
      );
    await change('description: "Evening class"');
    expect(await change('size: 9')).toMatchObject({
      result: { description: 'Evening class', size: 9, template: { name: expect.any(String) } },
    });
    expect(await change('description: ""')).toMatchObject({ result: { description: null, size: 9 } });
  });

  it('a room that was created can be read and watched', async () => {
    await using scene = await startLagging();
    const { createRoom } = (await scene.data(
      'mutation { createRoom(input: { name: "new-room" }) { ... on Room { hmsId } } }',
    )) as { createRoom: { hmsId: string } };
    expect(await scene.data(`{ room(id: "${createRoom.hmsId}") { name } }`)).toEqual({
      room: { name: 'new-room' },
    });
    const response = await scene.gateway.graphql.fetch('http://gateway.test/graphql', {
      method: 'POST',
      headers: { accept: 'text/event-stream', 'content-type': 'application/json' },
      body: JSON.stringify({
        query: `subscription { peerChanges(roomId: "${createRoom.hmsId}") { ... on PeersSnapshot { stale } } }`,
      }),
    });
    let received = '';
    for await (const chunk of response.body ?? []) {
      received += Buffer.from(chunk).toString();
      if (received.includes('"data"')) break;
    }
    expect(received).toContain('{"data":{"peerChanges":{"stale":false}}}');
  });

  it('a room whose session was ended with a lock is disabled in the answer', async () => {
    await using scene = await startLagging();
    expect(
      await scene.data(
        `mutation { endRoom(input: { roomId: "${scene.room.id}", lock: true }) { ... on Accepted { room { enabled } } } }`,
      ),
    ).toEqual({ endRoom: { room: { enabled: false } } });
  });

  it('a template that was created is in the answer, can be read, and can be patched', async () => {
    await using scene = await startLagging();
    const id = await createTemplate(scene);
    expect(await scene.data(`{ template(id: "${id}") { name } }`)).toEqual({ template: { name: 'hall' } });
    expect(
      await scene.data(
        `mutation { result: patchTemplate(input: { id: "${id}", roles: [{ name: "guest", priority: 5 }], removeRoles: ["host"] }) { ${template} } }`,
      ),
    ).toMatchObject({ result: { name: 'hall', roles: [{ name: 'guest', priority: 5 }] } });
  });

  it('changes of a template one after another do not undo each other', async () => {
    await using scene = await startLagging();
    const id = await createTemplate(scene);
    const changes = [
      `setRole(input: { templateId: "${id}", name: "guest", permissions: { removeOthers: true } })`,
      `renameRole(input: { templateId: "${id}", name: "guest", newName: "visitor" })`,
      `updateTemplateSettings(input: { templateId: "${id}", region: EU })`,
      `updateTemplateDestinations(input: { templateId: "${id}", hls: [{ name: "first" }] })`,
      `updateTemplateDestinations(input: { templateId: "${id}", hls: [{ name: "second" }] })`,
      `updateRecordingConfig(input: { templateId: "${id}", name: "default", role: "host", browserComposite: { autoStart: true } })`,
      `updateRecordingConfig(input: { templateId: "${id}", trackRecordingEnabled: true })`,
      `deleteRole(input: { templateId: "${id}", name: "host" })`,
    ];
    const all = `... on Template {
      roles { name priority permissions { removeOthers } } settings { region } destinations { hls { name } }
      recordingConfigs { role trackRecordingEnabled browserCompositeAutoStart }
    }`;
    let last: unknown;
    for (const change of changes)
      last = await scene.data(`mutation { result: ${change} { __typename ${all} } }`);
    const expected = {
      roles: [{ name: 'visitor', priority: 3, permissions: { removeOthers: true } }],
      settings: { region: 'EU' },
      destinations: { hls: [{ name: 'first' }, { name: 'second' }] },
      recordingConfigs: [{ role: 'host', trackRecordingEnabled: true, browserCompositeAutoStart: true }],
    };
    expect(last).toMatchObject({ result: expected });
    scene.sandbox.faults.clear();
    scene.pass(WRITE_LAG_MS + 60_000);
    expect(await scene.data(`{ template(id: "${id}") { ${all} } }`)).toMatchObject({
      template: expected,
    });
  });

  it("room codes that were created or disabled are in the list of their room's codes", async () => {
    await using scene = await startLagging();
    const { createRoomCode } = (await scene.data(
      `mutation { createRoomCode(input: { roomId: "${scene.room.id}", role: "guest" }) { ... on RoomCode { code room { roomCodes { code } } } } }`,
    )) as { createRoomCode: { code: string } };
    expect(createRoomCode).toMatchObject({
      room: { roomCodes: expect.arrayContaining([{ code: createRoomCode.code }, { code: scene.code.code }]) },
    });
    expect(
      await scene.data(
        `mutation { disableRoomCode(input: { code: "${scene.code.code}" }) { ... on RoomCode { room { roomCodes(enabled: true) { code } } } } }`,
      ),
    ).toMatchObject({
      disableRoomCode: { room: { roomCodes: expect.not.arrayContaining([{ code: scene.code.code }]) } },
    });
  });

  it('changes of a poll one after another do not undo each other', async () => {
    await using scene = await startLagging();
    const poll =
      '... on Poll { hmsId title durationSeconds questions { index text options { index text } } }';
    const { createPoll } = (await scene.data(`mutation { createPoll(input: { title: "Quiz", questions: [
      { text: "one", options: [{ text: "a" }, { text: "b" }] }, { text: "two" }, { text: "three" }
    ] }) { ${poll} } }`)) as { createPoll: { hmsId: string } };
    const id = createPoll.hmsId;
    await scene.data(`mutation { updatePoll(input: { id: "${id}", title: "Evening quiz" }) { ${poll} } }`);
    await scene.data(
      `mutation { setPollQuestion(input: { pollId: "${id}", question: 3, value: { text: "four" } }) { __typename } }`,
    );
    await scene.data(
      `mutation { setPollOption(input: { pollId: "${id}", question: 1, option: 2, text: "c" }) { __typename } }`,
    );
    await scene.data(
      `mutation { deletePollOption(input: { pollId: "${id}", question: 1, option: 1 }) { __typename } }`,
    );
    expect(
      await scene.data(
        `mutation { deletePollQuestion(input: { pollId: "${id}", question: 2 }) { ... on DeletedPollQuestion { poll { ${poll} } } } }`,
      ),
    ).toMatchObject({
      deletePollQuestion: {
        poll: {
          title: 'Evening quiz',
          questions: [
            { index: 1, text: 'one', options: [{ index: 1, text: 'c' }] },
            { index: 2, text: 'four' },
          ],
        },
      },
    });
    const updated = await scene.data(
      `mutation { updatePoll(input: { id: "${id}", durationSeconds: 60 }) { ${poll} } }`,
    );
    expect(updated).toMatchObject({
      updatePoll: {
        title: 'Evening quiz',
        durationSeconds: 60,
        questions: [{ text: 'one' }, { text: 'four' }],
      },
    });
  });

  it('a write is laid over reads for 5 s; after that the reads are returned as they are', async () => {
    await using scene = await startLagging();
    await scene.data(`mutation { disableRoom(input: { id: "${scene.room.id}" }) { __typename } }`);
    scene.pass(WRITE_LAG_MS + 60_000);
    scene.sandbox.faults.clear();
    scene.world.rooms.update(scene.room.id, { enabled: true });
    expect(await scene.data(`{ room(id: "${scene.room.id}") { enabled } }`)).toEqual({
      room: { enabled: true },
    });
  });
});

describe('a done write whose object cannot be read afterwards', () => {
  it.each([
    ['disableRoom(input: { id: "ROOM" }) { ... on Room { enabled } }', { enabled: false }],
    ['updateRoom(input: { id: "ROOM", size: 7 }) { ... on Room { size } }', { size: 7 }],
  ])("returns the write's own answer: %s", async (mutation, expected) => {
    await using scene = await startScene();
    scene.sandbox.faults.set('getRoom', { kind: 'status', status: 500 });
    expect(await scene.data(`mutation { result: ${mutation.replace('ROOM', scene.room.id)} }`)).toEqual({
      result: expected,
    });
  });

  it.each([
    ['createTemplate(input: { name: "new", roles: [{ name: "only" }] })', ['only']],
    ['updateTemplate(input: { id: "ID", name: "hall", roles: [{ name: "only" }], settings: {} })', ['only']],
    ['patchTemplate(input: { id: "ID", roles: [{ name: "third" }] })', ['guest', 'host', 'third']],
    ['setRole(input: { templateId: "ID", name: "third" })', ['guest', 'host', 'third']],
    ['renameRole(input: { templateId: "ID", name: "host", newName: "chair" })', ['chair', 'guest']],
    ['deleteRole(input: { templateId: "ID", name: "host" })', ['guest']],
    ['updateTemplateSettings(input: { templateId: "ID", region: EU })', ['guest', 'host']],
    ['updateRecordingConfig(input: { templateId: "ID", name: "default", role: "host" })', ['guest', 'host']],
  ])('returns what it wrote: %s', async (mutation, roles) => {
    await using scene = await startScene();
    const id = await createTemplate(scene);
    const { ledger, faults } = scene.sandbox;
    ledger.clear();
    const hasWritten = () => ledger.entries.some(({ method }) => method !== 'GET');
    const shape = (body: unknown) => (hasWritten() ? { odd: true } : body);
    faults.set('*', {
      kind: 'shape',
      shape: (body) => (ledger.entries.at(-1)?.method === 'GET' ? shape(body) : body),
    });
    expect(
      await scene.data(
        `mutation { result: ${mutation.replace('ID', id)} { ... on Template { roles { name } } } }`,
      ),
    ).toEqual({ result: { roles: roles.map((name) => ({ name })) } });
  });
});
