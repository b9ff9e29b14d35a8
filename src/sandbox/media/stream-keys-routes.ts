// Stream keys over REST: one active key per room, answered in clear text. The key of a disabled room can be neither
// read nor created.
import type { StreamKey, StreamKeyDisableResult, StreamKeyList } from '../../openapi/types.ts';
import { ApiError } from '../http/errors.ts';
import { param, type Call, type Family } from '../family.ts';
import { inMillis, inNanos, type Instant } from '../instant.ts';
import { streamKeysOf, type StreamKeyRecord } from './stream-keys.ts';
import type { World } from '../live/world.ts';

/** Stream keys: read, create, disable. */
export const streamKeys: Family = { answers: { getStreamKey, createStreamKey, disableStreamKey } };

/** The id of the room in the path. The texts of its 404 and 403 differ from those of other families. */
function enabledRoomId({ world, params }: Call): string {
  const room = world.rooms.all.get(param({ params }, 'room_id'));
  if (room === undefined) throw new ApiError(404, 'room not found');
  if (!room.enabled) throw new ApiError(403, 'room is not active');
  return room.id;
}

function getStreamKey(call: Call): StreamKeyList {
  const key = streamKeysOf(call.world).activeOf(enabledRoomId(call));
  if (key === undefined) throw new ApiError(404, 'no active key found');
  return { data: [asStreamKey(call.world, key, inMillis)], last: key.id };
}

function createStreamKey(call: Call): StreamKey {
  const { world } = call;
  const roomId = enabledRoomId(call);
  if (streamKeysOf(world).activeOf(roomId) !== undefined)
    throw new ApiError(400, 'active key already exists');
  return asStreamKey(world, streamKeysOf(world).create(roomId), inNanos);
}

function disableStreamKey(call: Call): StreamKeyDisableResult {
  const key = streamKeysOf(call.world).activeOf(enabledRoomId(call));
  if (key === undefined) throw new ApiError(404, 'key not found');
  streamKeysOf(call.world).disable(key);
  return { message: 'key disabled successfully' };
}

function asStreamKey(world: World, record: StreamKeyRecord, text: (instant: Instant) => string): StreamKey {
  return {
    id: record.id,
    key: record.key,
    url: 'rtmp://ingest.sandbox.example.com/live',
    room_id: record.roomId,
    customer_id: world.customerId,
    app_id: world.appId,
    enabled: record.enabled,
    created_at: text(record.createdAt),
    updated_at: text(record.updatedAt),
  };
}
