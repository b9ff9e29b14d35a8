// The stream key of a room, without the key itself.
import { describe, expect, it } from 'vitest';
import { graphql } from '../../generated/gql.ts';
import { MISSING, startWithMedia } from './media-scene.ts';
import { streamKeysOf } from '../../../src/sandbox/media/stream-keys.ts';

const keys = graphql(`
  query StreamKeys($roomId: ID!) {
    streamKey(roomId: $roomId) {
      hmsId
      url
      enabled
      createdAt
      updatedAt
      room {
        hmsId
      }
    }
    room(id: $roomId) {
      streamKey {
        hmsId
      }
    }
  }
`);

describe('the stream key of a room', () => {
  it('is returned without the secret, and read once for both fields', async () => {
    await using tested = await startWithMedia();
    const { id, key } = streamKeysOf(tested.world).create(tested.room.id);
    const answer = await tested.data(keys, { roomId: tested.room.id });
    expect(answer).toMatchObject({
      streamKey: {
        hmsId: id,
        enabled: true,
        url: expect.stringContaining('rtmp://'),
        room: { hmsId: tested.room.id },
      },
      room: { streamKey: { hmsId: id } },
    });
    expect(JSON.stringify(answer)).not.toContain(key);
  });

  it('is null if the room has no key, does not exist or is disabled', async () => {
    await using tested = await startWithMedia();
    const none = await tested.data(keys, { roomId: tested.room.id });
    expect(none).toEqual({ streamKey: null, room: { streamKey: null } });
    expect(await tested.data(keys, { roomId: MISSING })).toEqual({ streamKey: null, room: null });
    tested.world.rooms.update(tested.room.id, { enabled: false });
    expect(await tested.data(keys, { roomId: tested.room.id })).toEqual({
      streamKey: null,
      room: { streamKey: null },
    });
  });
});
