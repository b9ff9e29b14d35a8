// Errors that the upstream sends under a good status: `200 {"code":404,"message":"room not found"}`.
import { describe, expect, it } from 'vitest';
import {
  RestBadResponseError,
  RestForbiddenError,
  RestNotFoundError,
  RestRateLimitedError,
  RestUnavailableError,
} from '../../../src/rest/errors.ts';
import { endActiveRoom, removePeers, sendMessage } from '../../../src/rest/peers/peer-control.ts';
import { listActivePeers } from '../../../src/rest/peers/peers.ts';
import { getRoom, listRooms, updateRoom } from '../../../src/rest/rooms/rooms.ts';
import { deleteRole } from '../../../src/rest/templates/template-writes.ts';
import { sandboxedRest } from '../sandboxed.ts';

const notFound = { code: 404, message: 'room not found' };

describe('an error under a good status', () => {
  it.each([
    ['sendMessage', notFound, RestNotFoundError],
    ['removePeers', { ...notFound, details: ['no such room'] }, RestNotFoundError],
    ['endActiveRoom', { code: 403, message: 'forbidden', error: 'forbidden' }, RestForbiddenError],
    ['getRoom', notFound, RestNotFoundError],
    ['listRooms', { code: 429, message: 'retry after 3 seconds' }, RestRateLimitedError],
    ['listActivePeers', { code: 500, message: 'internal' }, RestUnavailableError],
    ['updateRoom', { code: 10_001, message: 'internal' }, RestUnavailableError],
    ['deleteRole', notFound, RestNotFoundError],
  ])('to %s, %j, is reported as that error', async (operationId, body, kind) => {
    const { sandbox, client } = await sandboxedRest();
    const room = sandbox.world.rooms.create();
    sandbox.world.join(room.id, { name: 'Ada', role: 'host', userId: 'ada' });
    const calls: Record<string, () => Promise<unknown>> = {
      sendMessage: () => sendMessage(client, room.id, { message: 'hello' }),
      removePeers: () => removePeers(client, room.id, { role: 'guest' }),
      endActiveRoom: () => endActiveRoom(client, room.id, {}),
      getRoom: () => getRoom(client, room.id),
      listRooms: () => listRooms(client, { limit: 10 }),
      listActivePeers: () => listActivePeers(client, room.id),
      updateRoom: () => updateRoom(client, room.id, { name: 'new' }),
      deleteRole: () => deleteRole(client, room.templateId, 'guest'),
    };
    // A 204 has no body, so the fault replaces the status too.
    sandbox.faults.set(operationId, { kind: 'status', status: 200, body });
    const error = await calls[operationId]?.().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(kind);
    expect(error).toMatchObject({ vendorMessage: body.message, vendorCode: body.code });
    // A read that the upstream failed at is repeated, as under its own status.
    expect(sandbox.ledger.count({ operationId })).toBe(operationId === 'listActivePeers' ? 2 : 1);
  });

  it('is not assumed of a good answer that has a code', async () => {
    const { sandbox, client } = await sandboxedRest();
    const room = sandbox.world.rooms.create({ name: 'kept' });
    sandbox.faults.set('getRoom', { kind: 'shape', shape: (body) => ({ ...Object(body), code: 404 }) });
    expect(await getRoom(client, room.id)).toMatchObject({ name: 'kept' });
  });
});

it.each([
  ['an empty object', {}],
  ['another object', { ok: true }],
  ['a message that is null', { message: null }],
])('%s is not a valid answer to a write that the vendor confirms with a message', async (_, body) => {
  const { sandbox, client } = await sandboxedRest();
  const room = sandbox.world.rooms.create();
  sandbox.world.join(room.id, { name: 'Ada', role: 'host', userId: 'ada' });
  sandbox.faults.set('removePeers', { kind: 'shape', shape: () => body });
  await expect(removePeers(client, room.id, { role: 'guest' })).rejects.toThrow(RestBadResponseError);
});
