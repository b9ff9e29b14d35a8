// The refusals that the vendor documents for rooms, room codes and live rooms, as a client of the graph sees them. They
// are listed in the OpenAPI document; a refusal without a test here fails.
import { describe, expect, it } from 'vitest';
import type { OperationObject } from '../../../src/openapi/document.ts';
import type { Fault } from '../../../src/sandbox/http/faults.ts';
import type { SandboxOptions } from '../../../src/sandbox/sandbox.ts';
import { asData, documented, operations, run, says, unauthorized } from './room-operations.ts';
import { invalidAt, MISSING, notFound, refusedWith, startScene, type Scene } from './room-scene.ts';

/**
 * The refusals that the document lists for an operation in addition to its statuses, such as `400 region not
 * supported`.
 */
function refusalsOf(
  operation: OperationObject & {
    readonly 'x-errors'?: readonly { readonly code: number; readonly description: string }[];
  },
): string[] {
  return (operation['x-errors'] ?? []).map(({ code, description }) => `${code} ${description}`);
}

/** An error of the graph's own types, which do not accept the value. */
const asNoValue = (message: string) => ({
  errors: [{ message: expect.stringContaining(message), extensions: { code: 'BAD_USER_INPUT' } }],
});

const invalidParam = (text: string) =>
  asData(refusedWith(400, 'Invalid body param', [`Invalid body param: ${text}`]));

const storage = (change: object) => ({
  recording: { enabled: true, storage: { type: 'S3', location: 'bucket', ...change } },
});

interface Refusal {
  /** Changes of the operation's usual input. */
  readonly input?: object;
  /** Options of the sandbox. */
  readonly sandbox?: SandboxOptions;
  /** Prepares the scene; by default nothing. */
  readonly before?: (scene: Scene) => void;
  /** The vendor's answer, for a refusal that no input to the graph makes the sandbox give. */
  readonly fault?: Fault;
  readonly seen: object;
  /** The number of requests of the operation that the REST API receives. */
  readonly sent: 0 | 1 | 2;
}

const disabled = ({ world, room }: Scene) => void world.rooms.update(room.id, { enabled: false });

/** After a 401 the gateway retries once, with a new token. */
const authentication: Refusal = {
  fault: says(401, 'Authentication error', ['not found']),
  seen: unauthorized,
  sent: 2,
};

const roomDisabled: Refusal = {
  before: disabled,
  seen: asData(refusedWith(403, 'Room is disabled')),
  sent: 1,
};
const roomMissing: Refusal = {
  input: { roomId: MISSING },
  seen: asData(notFound('The room does not exist.')),
  sent: 1,
};

/** The answer if the vendor refuses the list of a room's codes: the field is null, with an error. */
const codesRefused = (message: string, status: number) => ({
  data: { room: { roomCodes: null } },
  errors: [{ message, path: ['room', 'roomCodes'], extensions: { code: 'UPSTREAM_ERROR', status } }],
});

/** The refusals by operation, then by the text of the OpenAPI document. */
const refusals: Readonly<Record<string, Readonly<Record<string, Refusal>>>> = {
  createRoom: {
    '401 authentication error': authentication,
    '401 token validation error': {
      sandbox: { secret: 'another' },
      seen: unauthorized,
      sent: 2,
    },
    '400 bucket location missing from upload_info': {
      input: storage({ location: '' }),
      seen: invalidParam('bucket location missing from upload_info'),
      sent: 1,
    },
    '400 invalid upload configuration': {
      input: storage({ prefix: 'class' }),
      fault: says(400, 'Invalid body param', ['Invalid body param: invalid upload configuration']),
      seen: invalidParam('invalid upload configuration'),
      sent: 1,
    },
    '400 body used `template` instead of `template_id`': {
      input: { template: 'class' },
      seen: asNoValue('unknown field "template"'),
      sent: 0,
    },
    '400 region not supported': {
      input: { region: 'MARS' },
      seen: asNoValue('"MARS" does not exist in "Region"'),
      sent: 0,
    },
    '400 template not found (400 here, not 404)': {
      input: { templateId: MISSING },
      seen: invalidParam('template not found'),
      sent: 1,
    },
    '400 max_duration_seconds below 120': {
      input: { maxDurationSeconds: 119 },
      seen: asData(invalidAt(['maxDurationSeconds'], 'must be 120 or more')),
      sent: 0,
    },
    '400 max_duration_seconds above 43200': {
      input: { maxDurationSeconds: 43_201 },
      seen: asData(invalidAt(['maxDurationSeconds'], 'must be 43200 or less')),
      sent: 0,
    },
    '400 size above 20000': {
      input: { size: 20_001, largeRoom: true },
      seen: asData(invalidAt(['size'], 'must be 20000 or less')),
      sent: 0,
    },
    '400 size above 2500 without large_room': {
      input: { size: 2501 },
      seen: asData(invalidAt(['size'], 'must be at most 2500 unless largeRoom is true')),
      sent: 0,
    },
  },
  createRoomCodes: {
    '404 room not found': roomMissing,
    '403 room is disabled': roomDisabled,
    '401 authentication error': authentication,
  },
  listRoomCodes: {
    // The room is read first, and is null if it does not exist. So its codes are a 404 only if the room is deleted in
    // between.
    '404 room not found': {
      fault: says(404, 'Room not found'),
      seen: codesRefused('The upstream API refused the request: Room not found', 404),
      sent: 1,
    },
    // The gateway reads all codes and filters them by role itself, so an unknown role has none.
    '404 role not found': { input: { role: 'king' }, seen: { data: { room: { roomCodes: [] } } }, sent: 1 },
    '403 room is disabled (so codes of a disabled room cannot be listed)': {
      before: disabled,
      seen: { data: { room: { roomCodes: null } } },
      sent: 0,
    },
    '401 authentication error': {
      ...authentication,
      seen: codesRefused('The upstream API refused the request.', 401),
    },
    '400 invalid query parameter': {
      fault: says(400, 'Invalid query param', ['Invalid query param: limit']),
      seen: codesRefused(
        'The upstream API refused the request: Invalid query param; Invalid query param: limit',
        400,
      ),
      sent: 1,
    },
  },
  createRoomCodeForRole: {
    '404 room not found': {
      ...roomMissing,
      seen: asData(notFound('The room does not exist or has no role of that name.')),
    },
    '404 role not found': {
      input: { role: 'king' },
      seen: asData(notFound('The room does not exist or has no role of that name.')),
      sent: 1,
    },
    '403 room is disabled': roomDisabled,
    '401 authentication error': authentication,
  },
  updateRoomCode: {
    '404 code not found': {
      input: { code: 'abc-defg-hij' },
      seen: asData(notFound('The room code does not exist.')),
      sent: 1,
    },
    '403 cannot enable because its role or room is gone': {
      before: ({ world, room }) => void world.templates.deleteRole(room.templateId, 'guest'),
      seen: asData(refusedWith(403, 'Code cannot be enabled', ['its role no longer exists'])),
      sent: 1,
    },
    '401 authentication error': authentication,
    '400 unexpected body field, or enabled not boolean': {
      input: { enabled: 'yes' },
      seen: asNoValue('unknown field "enabled"'),
      sent: 0,
    },
  },
};

const rows = Object.entries(refusals).flatMap(([operationId, byText]) =>
  Object.entries(byText).map(([text, refusal]) => ({ operationId, text, refusal })),
);

describe('every refusal that the vendor lists', () => {
  it.each(Object.keys(operations))('of %s has a test below', (operationId) => {
    expect(Object.keys(refusals[operationId] ?? {})).toEqual(refusalsOf(documented(operationId)));
  });

  it.each(rows)('$operationId: $text', async ({ operationId, refusal }) => {
    const { input, sandbox = {}, before, fault, seen, sent } = refusal;
    await using scene = await startScene({ sandbox });
    before?.(scene);
    if (fault !== undefined) scene.sandbox.faults.set(operationId, fault);
    const state = [...scene.world.rooms.all.values(), ...scene.world.roomCodes.all.values()];
    const answer = await run(scene, operationId, input);
    expect(answer).toMatchObject(seen);
    expect(scene.sandbox.ledger.count({ operationId })).toBe(sent);
    expect([...scene.world.rooms.all.values(), ...scene.world.roomCodes.all.values()]).toEqual(state);
  });
});
