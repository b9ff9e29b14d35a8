// The vendor's values in the graph: an unset value is null, every other value is unchanged.
import { describe, expect, it } from 'vitest';
import type { World } from '../../src/sandbox/live/world.ts';
import { graphql } from '../generated/gql.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { addRooms } from '../support/worlds.ts';

const valuesOfRoom = graphql(`
  query ValuesOfRoom($id: ID!) {
    room(id: $id) {
      name
      description
      enabled
      appId
      region
      largeRoom
      size
      maxDurationSeconds
      webhookUrl
      pollIds
      createdAt
      updatedAt
      recording {
        enabled
        storage {
          type
          location
          prefix
          region
        }
      }
      template {
        hmsId
      }
    }
  }
`);

const valuesOfPeers = graphql(`
  query ValuesOfPeers($id: ID!) {
    room(id: $id) {
      peers {
        edges {
          node {
            name
            userId
            role
            metadata
            metadataJson
            joinedAt
            leftAt
            templateRole {
              name
            }
          }
        }
      }
    }
  }
`);

const permissionsOfRoles = graphql(`
  query PermissionsOfRoles($id: ID!) {
    template(id: $id) {
      roles {
        name
        priority
        maxPeerCount
        publishParams {
          allowed
        }
        permissions {
          endRoom
          removeOthers
          mute
          unmute
          changeRole
          sendRoomState
          pollRead
          pollWrite
          browserRecording
          rtmpStreaming
          hlsStreaming
        }
      }
    }
  }
`);

/** A gateway over an empty world with one room. */
async function oneRoom(): Promise<{ tested: TestGateway; world: World; id: string }> {
  const tested = await startTestGateway({ sandbox: { data: 'empty' } });
  const { world } = tested.sandbox;
  const [room] = addRooms(world, 1);
  return { tested, world, id: room?.id ?? '' };
}

describe('a room', () => {
  it('has null for values that the vendor leaves empty, sets to the zero date, or omits', async () => {
    const { tested, world, id } = await oneRoom();
    await using _ = tested;
    tested.sandbox.faults.set('getRoom', {
      kind: 'shape',
      shape: (body) => ({ ...Object(body), region: '', updated_at: '0001-01-01T00:00:00Z', template_id: '' }),
    });
    const { room } = await tested.data(valuesOfRoom, { id });
    expect(room).toEqual({
      name: 'room-0',
      description: null,
      enabled: true,
      appId: null,
      region: null,
      largeRoom: false,
      size: null,
      maxDurationSeconds: null,
      webhookUrl: null,
      pollIds: [],
      createdAt: new Date(world.rooms.get(id).createdAt.ms).toISOString().replace(/\.?0*Z$/, 'Z'),
      updatedAt: null,
      recording: null,
      template: null,
    });
  });

  it('has all values that are set', async () => {
    const { tested, world, id } = await oneRoom();
    await using _ = tested;
    world.rooms.update(id, {
      description: 'A room',
      region: 'eu',
      largeRoom: true,
      size: 20_000,
      maxDurationSeconds: 43_200,
      polls: ['poll-1'],
      webhook: { url: 'https://hooks.example.com/in', headers: {} },
      recordingInfo: {
        enabled: true,
        upload_info: { type: 's3', location: 'bucket', prefix: '', options: { region: 'eu-west-1' } },
      },
    });
    expect((await tested.data(valuesOfRoom, { id })).room).toMatchObject({
      description: 'A room',
      region: 'EU',
      largeRoom: true,
      size: 20_000,
      maxDurationSeconds: 43_200,
      webhookUrl: 'https://hooks.example.com/in',
      pollIds: ['poll-1'],
      recording: {
        enabled: true,
        storage: { type: 'S3', location: 'bucket', prefix: null, region: 'eu-west-1' },
      },
      template: { hmsId: world.templates.default().id },
    });
  });
});

describe('an instant', () => {
  it.each(['2026-03-12T16:00:05Z', '2026-03-12T16:00:05.8Z', '2026-03-12T16:00:05.118273645Z'])(
    "keeps the vendor's digits: %s",
    async (instant) => {
      const { tested, id } = await oneRoom();
      await using _ = tested;
      tested.sandbox.faults.set('getRoom', {
        kind: 'shape',
        shape: (body) => ({ ...Object(body), created_at: instant }),
      });
      expect((await tested.data(valuesOfRoom, { id })).room?.createdAt).toBe(instant);
    },
  );

  it('that is invalid is null', async () => {
    const { tested, id } = await oneRoom();
    await using _ = tested;
    tested.sandbox.faults.set('getRoom', {
      kind: 'shape',
      shape: (body) => ({ ...Object(body), created_at: 'yesterday' }),
    });
    const { room } = await tested.data(valuesOfRoom, { id });
    expect(room).toMatchObject({ name: 'room-0', createdAt: null });
  });
});

describe('a connected peer', () => {
  it('has its joining time in nanoseconds, and null for values that the app did not give', async () => {
    const { tested, world, id } = await oneRoom();
    await using _ = tested;
    world.join(id, { name: '', role: 'guest', userId: '' });
    const { room } = await tested.data(valuesOfPeers, { id });
    expect(room?.peers?.edges).toEqual([
      {
        node: {
          name: null,
          userId: null,
          role: 'guest',
          metadata: null,
          metadataJson: null,
          joinedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{4,9}Z$/),
          leftAt: null,
          templateRole: { name: 'guest' },
        },
      },
    ]);
  });

  it.each([
    ['{"isHandRaised":true,"n":[1,null]}', { isHandRaised: true, n: [1, null] }],
    ['7', 7],
    ['null', null],
    ['"text"', 'text'],
    ['not json', null],
    ['{"__proto__":{"polluted":true}}', JSON.parse('{"__proto__":{"polluted":true}}')],
  ])('has its metadata %j as text and, if it is JSON, as JSON', async (metadata, json) => {
    const { tested, world, id } = await oneRoom();
    await using _ = tested;
    world.join(id, { name: 'Ada', role: 'guest', userId: 'ada', metadata });
    const { room } = await tested.data(valuesOfPeers, { id });
    expect(room?.peers?.edges[0]?.node.metadata).toBe(metadata);
    expect(room?.peers?.edges[0]?.node.metadataJson).toEqual(json);
    expect('polluted' in {}).toBe(false);
  });
});

describe('a role', () => {
  it("has the vendor's default permissions if none are stored, and the stored ones otherwise", async () => {
    await using tested = await startTestGateway({ sandbox: { data: 'empty' } });
    const template = tested.sandbox.world.templates.create({ name: 'two', roles: { told: {}, untold: {} } });
    tested.sandbox.faults.set('getTemplate', {
      kind: 'shape',
      shape: (body) => ({
        ...Object(body),
        roles: {
          told: {
            name: 'told',
            permissions: { endRoom: true, hlsStreaming: false },
            priority: 3,
            maxPeerCount: 4,
          },
          untold: { name: 'untold' },
        },
      }),
    });
    const { template: shown } = await tested.data(permissionsOfRoles, { id: template.id });
    const usual = {
      endRoom: false,
      removeOthers: false,
      mute: false,
      unmute: false,
      changeRole: false,
      sendRoomState: false,
      pollRead: false,
      pollWrite: false,
      browserRecording: true,
      rtmpStreaming: true,
      hlsStreaming: true,
    };
    expect(shown?.roles).toEqual([
      {
        name: 'told',
        priority: 3,
        maxPeerCount: 4,
        publishParams: { allowed: [] },
        permissions: { ...usual, endRoom: true, hlsStreaming: false },
      },
      { name: 'untold', priority: null, maxPeerCount: 0, publishParams: { allowed: [] }, permissions: usual },
    ]);
  });
});
