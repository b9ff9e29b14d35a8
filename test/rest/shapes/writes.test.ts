// The answers of writes: an answer without any documented key does not show that the write was done.
import { describe, expect, it } from 'vitest';
import '../../../src/gateway.ts';
import { openApiDocument } from '../../../src/openapi/document.ts';
import { declaredAnswerOf } from '../../../src/rest/shapes/shapes.ts';
import { sourceFiles } from '../../support/imports.ts';
import { codesOf } from '../../support/gateway.ts';
import { startScene } from '../../schema/rooms/room-scene.ts';

/** Its documented answer is an empty object, which shows nothing. */
const SAYS_NOTHING = 'sendSipDtmf';
/** `{}` is documented: "when nothing is configured". */
const MAY_BE_EMPTY = new Set(['updateDestinations']);

/** The texts of the files that declare answers: other tests of the same process declare answers too. */
const sources = sourceFiles('src/rest').map(({ text }) => text);

const writes = Object.values(openApiDocument.paths)
  .flatMap(({ post, delete: remove }) => [post, remove])
  .map((operation) => operation?.operationId ?? '')
  .filter((operationId) => operationId !== SAYS_NOTHING)
  .filter((operationId) => sources.some((text) => text.includes(`('${operationId}')`)));

describe.each(writes)('the answer to %s', (operationId) => {
  const read = (answer: unknown) => declaredAnswerOf(operationId)?.read(answer);

  it('is not {}, null or empty, unless that is documented', () => {
    if (MAY_BE_EMPTY.has(operationId)) expect(read({})).toEqual({});
    else expect(() => read({})).toThrow();
    expect(() => read(null)).toThrow();
    expect(() => read(undefined)).toThrow();
  });

  it.each([{ ok: true }, { status_text: 'done', code: 200 }])('is not %j', (answer) => {
    expect(() => read(answer)).toThrow();
  });
});

it('most writes have a declared answer', () => {
  expect(writes.length).toBeGreaterThan(20);
});

describe('a mutation whose write is answered 200 with', () => {
  const cases = ['{}', '{"ok":true}'].flatMap((body) =>
    [
      ['createTemplate', 'createTemplate(input: { name: "new", roles: [{ name: "only" }] })'],
      ['createRoom', 'createRoom(input: { name: "new" })'],
      ['putRole', 'setRole(input: { templateId: "TEMPLATE", name: "host", priority: 2 })'],
      ['updateSettings', 'updateTemplateSettings(input: { templateId: "TEMPLATE", region: EU })'],
      ['updatePollQuestion', 'setPollQuestion(input: { pollId: "POLL", question: 1, value: { text: "a" } })'],
      ['updatePollOption', 'setPollOption(input: { pollId: "POLL", question: 1, option: 1, text: "b" })'],
      ['createRoomCodeForRole', 'createRoomCode(input: { roomId: "ROOM", role: "host" })'],
    ].map(([operationId = '', mutation = '']) => [body, operationId, mutation] as const),
  );

  it.each(cases)('%s (%s) is UPSTREAM_BAD_RESPONSE', async (body, operationId, mutation) => {
    await using scene = await startScene();
    const { createPoll } = (await scene.data(
      'mutation { createPoll(input: { title: "Quiz", questions: [{ text: "one", options: [{ text: "a" }, { text: "b" }] }] }) { ... on Poll { hmsId } } }',
    )) as { createPoll: { hmsId: string } };
    scene.sandbox.faults.set(operationId, { kind: 'shape', shape: () => JSON.parse(body) as unknown });
    const document = mutation
      .replace('TEMPLATE', scene.room.templateId)
      .replace('POLL', createPoll.hmsId)
      .replace('ROOM', scene.room.id);
    const answer = await scene.ask(`mutation { result: ${document} { __typename } }`);
    expect(codesOf(answer)).toEqual(['UPSTREAM_BAD_RESPONSE']);
    expect(scene.sent().at(-1)).toMatch(/^POST /);
  });

  it('{} means success for destinations, as the vendor documents it', async () => {
    await using scene = await startScene();
    scene.sandbox.faults.set('updateDestinations', { kind: 'shape', shape: () => ({}) });
    const answer = await scene.ask(
      `mutation { updateTemplateDestinations(input: { templateId: "${scene.room.templateId}", hls: [{ name: "first" }] }) { __typename } }`,
    );
    expect(answer.data).toEqual({ updateTemplateDestinations: { __typename: 'Template' } });
  });
});

it('a role that is read as {} is not written back: the write would delete its settings', async () => {
  await using scene = await startScene();
  scene.sandbox.faults.set('getRole', { kind: 'shape', shape: () => ({}) });
  const answer = await scene.ask(
    `mutation { setRole(input: { templateId: "${scene.room.templateId}", name: "host", priority: 2 }) { __typename } }`,
  );
  expect(answer.errors).toHaveLength(1);
  expect(scene.sent().filter((line) => line.startsWith('POST'))).toEqual([]);
});
