// Analytics events with values that their documents do not allow: SDKs report them, and no schema checks them. A value is converted
// or null, and neither its event nor the list fails.
import { describe, expect, it } from 'vitest';
import { withKinds } from '../../../src/rest/shapes/kinds.ts';
import { startTestGateway } from '../../support/gateway.ts';

const events = `query ($roomId: ID!) { analyticsEvents(roomId: $roomId) { edges { node {
  hmsId peerId session { hmsId }
  ... on AnalyticsTrackEvent { userId role trackId streamId trackType source muted joinedAt }
  ... on AnalyticsRecordingEvent { beamId durationSeconds sizeBytes maxWidth maxHeight recordingPath startedAt }
  ... on AnalyticsErrorEvent { userName errorCode errorName errorMessage terminal action agent { sdk os prebuilt } }
} } } }`;

/** A gateway over a room that has an event of each kind, with the value for every documented key of its data. */
async function listing(value: unknown) {
  const tested = await startTestGateway({ sandbox: { data: 'empty' } });
  const roomId = tested.sandbox.world.rooms.create().id;
  tested.sandbox.faults.set('listAnalyticsEvents', {
    kind: 'shape',
    shape: () => eventsWith(value, roomId),
  });
  return { ...tested, roomId };
}

function eventsWith(value: unknown, roomId: string): object {
  const keys =
    'session_id peer_id user_id user_name role joined_at track_id stream_id type source mute beam_id duration size max_width max_height recording_path started_at error_code error_name error_message is_terminal action';
  const data = {
    ...Object.fromEntries(keys.split(' ').map((key) => [key, value])),
    agent: { sdk: value, os: value, is_prebuilt: value },
    room_id: roomId,
  };
  const types = ['track.update.success', 'beam.recording.success', 'client.join.failed'];
  return {
    limit: 10,
    total: types.length,
    next: '',
    events: types.map((type) => ({ id: type, type, timestamp: '2026-03-12T16:00:00Z', data })),
  };
}

describe('a list of analytics events', () => {
  it.each([79.5, -1, 99_999_999_999, '79', 'x y', '', '..', true, [], [7], {}, { a: 1 }])(
    'is answered without an error where each value is %j',
    async (value) => {
      await using tested = await listing(value);
      const { data, errors } = await tested.ask(events, { roomId: tested.roomId });
      expect(errors).toBeUndefined();
      expect(data).toMatchObject({ analyticsEvents: { edges: [{}, {}, {}] } });
    },
  );

  it('has the numbers of texts, whole seconds, and null for what says nothing', async () => {
    await using tested = await listing('79.5');
    expect(await tested.data(events, { roomId: tested.roomId })).toMatchObject({
      analyticsEvents: {
        edges: [
          { node: { userId: '79.5', muted: false, trackType: 'OTHER', joinedAt: null } },
          { node: { durationSeconds: 79, sizeBytes: 79.5, maxWidth: 79 } },
          { node: { errorCode: 79, terminal: false, agent: { sdk: '79.5', prebuilt: false } } },
        ],
      },
    });
  });
});

describe('the metric of repaired values', () => {
  it.each([
    ['79.5', 'data.user_id', null],
    ['79.5', 'data.duration', 'converted'],
    ['79.5', 'data.agent.is_prebuilt', 'nulled'],
    [[7], 'data.role', 'nulled'],
    [7, 'data.agent.sdk', 'converted'],
  ])('of %j counts %s: %s', async (value, key, action) => {
    await using tested = await listing(value);
    await tested.data(events, { roomId: tested.roomId });
    const text = await (await fetch(`${await tested.gateway.listen()}/metrics`)).text();
    const counted = [...text.matchAll(/^hms_upstream_repaired_total\{(.*)\} (\d+)$/gm)]
      .map(([, labels, count]) => `${labels} ${count}`)
      .filter((line) => line.includes(`key="events.${key}"`));
    // Each of the three events has the value.
    expect(counted).toEqual(
      action === null ? [] : [`operation="listAnalyticsEvents",key="events.${key}",action="${action}" 3`],
    );
  });
});

describe('an object with known kinds', () => {
  const kinds = {
    text: 'string',
    id: 'id',
    size: 'number',
    count: 'whole',
    on: 'boolean',
    part: 'object',
  } as const;

  it.each([
    { text: 'a', id: 'b-1', size: 0.5, count: 2, on: false, part: { c: 1 } },
    { text: null, other: [1] },
    {},
  ])('is the same object if nothing is wrong: %j', (object) => {
    expect(withKinds(object, kinds)).toBe(object);
  });

  it.each([
    [
      { text: 7, id: 7 },
      { text: '7', id: '7' },
    ],
    [
      { size: ' 1e3 ', count: '2.9' },
      { size: 1000, count: 2 },
    ],
    [
      { count: -2_147_483_649, size: 'Infinity' },
      { count: null, size: null },
    ],
    [
      { on: 'true', id: 'a/b' },
      { on: true, id: null },
    ],
    [
      { on: 1, part: [] },
      { on: null, part: null },
    ],
    [
      { text: {}, count: '', kept: {} },
      { text: null, count: null, kept: {} },
    ],
  ])('%j is %j, in a copy', (object, taken) => {
    const before = structuredClone(object);
    expect(withKinds(object, kinds)).toEqual(taken);
    expect(object).toEqual(before);
  });
});
