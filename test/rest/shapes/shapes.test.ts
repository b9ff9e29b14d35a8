// The shapes of answers: which answers of an operation are accepted, and which are refused.
import { performance } from 'node:perf_hooks';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { openApiDocument } from '../../../src/openapi/document.ts';
import { answersWith, declaredAnswerOf, ShapeError, type Shape } from '../../../src/rest/shapes/shapes.ts';
import { sourceFiles } from '../../support/imports.ts';

// Each file of endpoint functions declares the shapes of its answers when it is imported.
for (const { path } of sourceFiles('src/rest'))
  await import(new URL(`../../../${path}`, import.meta.url).href);

/** The shape that the endpoint function declares; if it declares none, one without essential keys. */
function answerOf(operationId: string): Shape<unknown> {
  return declaredAnswerOf(operationId) ?? answersWith({})(operationId);
}

function faultIn(operationId: string, answer: unknown): string | null {
  try {
    expect(answerOf(operationId).read(answer)).toBe(answer);
    return null;
  } catch (error) {
    expect(error).toBeInstanceOf(ShapeError);
    return (error as ShapeError).message;
  }
}

const room = { id: 'r', name: 'n' };
const session = { id: 's', room_id: 'r', peers: { p: { id: 'p' } } };

/** All schemas of the OpenAPI document that are not parts of others, and their places. */
function documentedSchemas(value: unknown, place = ''): [place: string, schema: object][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]: [string, unknown]) => {
    const here = `${place}/${key}`;
    const isSchema = key === 'schema' || place === '/components/schemas';
    return isSchema && typeof child === 'object' && child !== null
      ? [[here, child]]
      : documentedSchemas(child, here);
  });
}

it('the OpenAPI document has only valid JSON Schemas: no check of bodies or answers looks at that again', () => {
  const ajv = new Ajv2020({ strict: false });
  const schemas = documentedSchemas(openApiDocument);
  expect(schemas.length).toBeGreaterThan(200);
  expect(schemas.filter(([, schema]) => ajv.validateSchema(schema) !== true)).toEqual([]);
  expect(ajv.validateSchema({ properties: { name: { type: 'text' } } })).toBe(false);
});

describe('a shape', () => {
  it.each([
    ['listRooms', { data: [room, room], last: 'r', limit: 10 }],
    ['listRooms', { data: null, last: null, limit: 10 }],
    ['listRooms', { limit: 10 }],
    [
      'getRoom',
      { ...room, region: 'the moon', size: 1e9, created_at: 'yesterday', webhook: null, new_key: {} },
    ],
    ['getRoom', { ...room, description: null, enabled: null, recording_info: null, polls: null }],
    ['getRoom', { ...room, max_duration_seconds: 90 }],
    ['getSession', { ...session, peers: null }],
    ['getSession', { ...session, peers: {} }],
    ['getActiveRoom', { id: 'r', session: { id: 's' } }],
    ['listActivePeers', { peers: {} }],
    ['listActivePeers', { peers: null }],
    ['listActivePeers', { peers: { p: { name: 'without an id' } } }],
    ['getActivePeer', { id: 'p', tracks: null }],
    ['getTemplate', { id: 't', name: 'n', roles: null, settings: null }],
    ['getTemplate', { id: 't', name: 'n', roles: { host: { publishParams: { allowed: ['hologram'] } } } }],
    ['getRecordingConfigs', []],
    ['getSettings', {}],
  ])('of %s accepts %j', (operationId, answer) => {
    expect(faultIn(operationId, answer)).toBeNull();
  });

  it.each([
    ['listRooms', { rooms: [] }, "the answer must have required property 'limit'"],
    ['listRooms', { data: {} }, '/data must be array,null'],
    ['listRooms', { data: [null] }, '/data/0 must be object'],
    ['listRooms', { data: [{ id: 'r' }, null] }, "/data/0 must have required property 'name'"],
    ['listRooms', { data: ['r'] }, '/data/0 must be object'],
    ['listSessions', { data: [{ ...session, peers: [] }] }, '/data/0/peers must be object,null'],
    ['listSessions', { data: [{ ...session, peers: { p: null } }] }, '/data/0/peers/p must be object'],
    ['getSession', { id: 's', peers: {} }, "the answer must have required property 'room_id'"],
    ['getSession', { id: 's', room_id: 'r' }, "the answer must have required property 'peers'"],
    ['getRoom', { ...room, id: '' }, '/id is no id'],
    ['getSession', { ...session, id: 'a/b' }, '/id is no id'],
    ['getActiveRoom', { id: 'r', session: null }, '/session must be object'],
    ['getActiveRoom', { id: 'r', session: {} }, "/session must have required property 'id'"],
    ['listActivePeers', {}, "the answer must have required property 'peers'"],
    ['listActivePeers', { peers: [] }, '/peers must be object,null'],
    ['getActivePeer', { name: 'n' }, "the answer must have required property 'id'"],
    ['getActivePeer', { id: '', name: 'n' }, '/id is no id'],
    ['getActivePeer', { id: null, name: 'n' }, '/id must be string'],
    ['updateActivePeer', { id: 'a b', tracks: {} }, '/id is no id'],
    ['getRole', { name: 'n', publishParams: [] }, '/publishParams must be object,null'],
    ['listRoomCodes', { data: [{ code: 'c', role: 'r' }] }, "/data/0 must have required property 'room_id'"],
    ['getRecordingConfigs', {}, 'the answer must be array'],
    ['getSettings', 'text', 'the answer must be object'],
    ['getSettings', undefined, 'the answer is empty'],
  ])('of %s refuses %j and names the place', (operationId, answer, fault) => {
    expect(faultIn(operationId, answer)).toBe(fault);
  });

  it('exists for every operation whose answer has a body, and for no other', () => {
    for (const item of Object.values(openApiDocument.paths)) {
      for (const operation of [item.get, item.post, item.delete]) {
        if (operation === undefined) continue;
        const response = operation.responses['200'] ?? operation.responses['201'];
        const documented = response?.content !== undefined;
        if (documented) expect(faultIn(operation.operationId, 7)).toMatch(/must be (object|array)/);
        else expect(() => answerOf(operation.operationId)).toThrow('no answer is documented');
      }
    }
    expect(() => answerOf('getMoon')).toThrow('no answer is documented for getMoon');
  });

  it('cannot be declared with essential keys of a schema that its answers do not contain', () => {
    const shape = answersWith({ Room: ['id'], Rom: ['name'] })('getRoom');
    expect(() => shape.read(room)).toThrow('no schema of these answers is named Rom');
  });

  it("accepts the documentation's own samples", () => {
    const samples = samplesByOperation();
    expect(samples.length).toBeGreaterThan(30);
    for (const [operationId, value] of samples)
      expect([operationId, faultIn(operationId, value)]).toEqual([operationId, null]);
  });

  it('is checked, for a page of 100 sessions of 50 peers, in less than twice the time that its parsing takes', () => {
    const peers = Object.fromEntries(
      Array.from({ length: 50 }, (_, index) => [
        `p${index}`,
        { id: `p${index}`, name: 'n', role: 'host', joined_at: 'x' },
      ]),
    );
    const text = JSON.stringify({ data: Array.from({ length: 100 }, () => ({ ...session, peers })) });
    const shape = answerOf('listSessions');
    shape.read(JSON.parse(text));
    const quickest = (run: () => unknown): number =>
      Math.min(
        ...Array.from({ length: 5 }, () => {
          const start = performance.now();
          run();
          return performance.now() - start;
        }),
      );
    const parsed: unknown = JSON.parse(text);
    expect(quickest(() => shape.read(parsed))).toBeLessThan(quickest(() => JSON.parse(text)) * 2);
  });
});

/** The example answers of the OpenAPI document, which are the vendor's samples. */
function samplesByOperation(): [string, unknown][] {
  const document = openApiDocument as unknown as {
    components: { examples?: Record<string, { value: unknown }> };
  };
  const examples = document.components.examples ?? {};
  const samples: [string, unknown][] = [];
  for (const item of Object.values(openApiDocument.paths)) {
    for (const operation of [item.get, item.post, item.delete]) {
      // Examples aren't part of the loader's types, as only tests read them.
      const media = operation?.responses['200']?.content?.['application/json'] as
        | { examples?: Record<string, { $ref?: string; value?: unknown }>; example?: unknown }
        | undefined;
      if (operation === undefined || media === undefined) continue;
      for (const { $ref, value } of Object.values(media.examples ?? {})) {
        samples.push([
          operation.operationId,
          $ref === undefined ? value : examples[$ref.split('/').at(-1) ?? '']?.value,
        ]);
      }
      if (media.example !== undefined) samples.push([operation.operationId, media.example]);
    }
  }
  return samples;
}
