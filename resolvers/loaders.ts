// Every DataLoader: one set for an operation. Keys are the vendor's ids; a thing that does not exist loads as null.
// The plans below them (one list instead of many single requests) are the catalog's.
import DataLoader from 'dataloader';
import { getPeerQuality, type PeerQualityResource } from '../src/rest/analytics/analytics.ts';
import type { RestCatalog } from '../src/rest/catalog/catalog.ts';
import type { CallOptions, RestClient } from '../src/rest/client/client.ts';
import { RestNotFoundError } from '../src/rest/errors.ts';
import { getExternalStream, type ExternalStreamResource } from '../src/rest/media/external-streams.ts';
import { getLiveStream, type LiveStreamResource } from '../src/rest/media/live-streams.ts';
import { walkPages } from '../src/rest/shapes/pages.ts';
import { getActivePeer, getActiveRoom, listActivePeers } from '../src/rest/peers/peers.ts';
import type {
  ActivePeerResource,
  ActiveRoomResource,
  PeerWithTracksResource,
} from '../src/rest/peers/peers.ts';
import { getRecordingAsset, type RecordingAssetResource } from '../src/rest/media/recording-assets.ts';
import { getRecording, type RecordingResource } from '../src/rest/media/recordings.ts';
import { getPoll, type PollResource } from '../src/rest/polls/polls.ts';
import { listRoomCodes, type RoomCodeResource } from '../src/rest/rooms/room-codes.ts';
import type { RoomResource } from '../src/rest/rooms/rooms.ts';
import { getSession, type SessionResource } from '../src/rest/sessions/sessions.ts';
import { getStreamKey, type StreamKeyResource } from '../src/rest/media/stream-keys.ts';
import {
  getRecordingConfigs,
  type RecordingConfigResource,
  type TemplateResource,
} from '../src/rest/templates/templates.ts';

export interface Loaders {
  readonly room: DataLoader<string, RoomResource | null>;
  readonly template: DataLoader<string, TemplateResource | null>;
  readonly session: DataLoader<string, SessionResource | null>;
  /** The running session of a room, by room id. */
  readonly activeSession: DataLoader<string, SessionResource | null>;
  /** The connected peers of a room, by room id; none where the room is not live. */
  readonly activePeers: DataLoader<string, readonly ActivePeerResource[]>;
  /** A live room's session and the ids of its peers, by room id; null where the room is not live. */
  readonly activeRoom: DataLoader<string, ActiveRoomResource | null>;
  /** A connected peer with its tracks; null when it is not connected. */
  readonly activePeer: DataLoader<PeerKey, PeerWithTracksResource | null, string>;
  readonly liveStream: DataLoader<string, LiveStreamResource | null>;
  readonly recording: DataLoader<string, RecordingResource | null>;
  readonly externalStream: DataLoader<string, ExternalStreamResource | null>;
  readonly recordingAsset: DataLoader<string, RecordingAssetResource | null>;
  /** The active stream key of a room, by room id. */
  readonly streamKey: DataLoader<string, StreamKeyResource | null>;
  readonly poll: DataLoader<string, PollResource | null>;
  /** Quality of a peer's connection in a session. */
  readonly peerQuality: DataLoader<SessionPeerKey, PeerQualityResource | null, string>;
  /** All codes of a room, by room id. */
  readonly roomCodes: DataLoader<string, readonly RoomCodeResource[]>;
  /** The recording configuration of a template, by template id. */
  readonly recordingConfigs: DataLoader<string, RecordingConfigResource[]>;
}

/** What names a peer: its id is unique in its room. */
export interface PeerKey {
  readonly roomId: string;
  readonly peerId: string;
}

/** What names a peer where its session is known. */
export interface SessionPeerKey {
  readonly sessionId: string;
  readonly peerId: string;
}

interface Sources {
  readonly client: RestClient;
  readonly catalog: RestCatalog;
}

/** At most 100 codes a room are documented; this bounds the walk should there be more. */
const MAX_ROOM_CODE_PAGES = 5;

/** Loaders for one operation. `call` goes with every request that they cause. */
export function createLoaders({ client, catalog }: Sources, call: CallOptions): Loaders {
  return {
    room: new DataLoader(async (ids) => inOrder<RoomResource>(ids, await catalog.rooms(ids, call))),
    template: new DataLoader(async (ids) =>
      inOrder<TemplateResource>(ids, await catalog.templates(ids, call)),
    ),
    activeSession: new DataLoader(async (ids) =>
      inOrder<SessionResource>(ids, await catalog.activeSessions(ids, call)),
    ),
    session: new DataLoader((ids) => settled(ids, (id) => orNull(getSession(client, id, call)))),
    activeRoom: new DataLoader((ids) => settled(ids, (id) => orNull(getActiveRoom(client, id, call)))),
    activePeers: new DataLoader((ids) =>
      settled(ids, async (id) => (await orNull(listActivePeers(client, id, call))) ?? []),
    ),
    activePeer: new DataLoader(
      (keys) => settled(keys, ({ roomId, peerId }) => orNull(getActivePeer(client, roomId, peerId, call))),
      { cacheKeyFn: ({ roomId, peerId }) => `${roomId}:${peerId}` },
    ),
    liveStream: new DataLoader((ids) => settled(ids, (id) => orNull(getLiveStream(client, id, call)))),
    recording: new DataLoader((ids) => settled(ids, (id) => orNull(getRecording(client, id, call)))),
    externalStream: new DataLoader((ids) =>
      settled(ids, (id) => orNull(getExternalStream(client, id, call))),
    ),
    recordingAsset: new DataLoader((ids) =>
      settled(ids, (id) => orNull(getRecordingAsset(client, id, call))),
    ),
    streamKey: new DataLoader((ids) => settled(ids, (id) => orNull(getStreamKey(client, id, call)))),
    poll: new DataLoader((ids) => settled(ids, (id) => orNull(getPoll(client, id, call)))),
    peerQuality: new DataLoader((keys) => settled(keys, (key) => orNull(getPeerQuality(client, key, call))), {
      cacheKeyFn: ({ sessionId, peerId }) => `${sessionId}:${peerId}`,
    }),
    roomCodes: new DataLoader((ids) => settled(ids, (id) => allRoomCodes(client, id, call))),
    recordingConfigs: new DataLoader((ids) =>
      settled(ids, async (id) => [...(await getRecordingConfigs(client, id, call))]),
    ),
  };
}

function inOrder<T>(
  keys: readonly string[],
  found: ReadonlyMap<string, T | null | Error>,
): (T | null | Error)[] {
  return keys.map((key) => found.get(key) ?? null);
}

/** One request a key, side by side; a failure is that key's alone. */
async function settled<K, T>(keys: readonly K[], load: (key: K) => Promise<T>): Promise<(T | Error)[]> {
  const results = await Promise.allSettled(keys.map((key) => load(key)));
  return results.map((result) => (result.status === 'fulfilled' ? result.value : asError(result.reason)));
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}

/** What was read, or null where the upstream says that it does not exist. */
export async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof RestNotFoundError) return null;
    throw error;
  }
}

async function allRoomCodes(
  client: RestClient,
  roomId: string,
  call: CallOptions,
): Promise<readonly RoomCodeResource[]> {
  const codes: RoomCodeResource[] = [];
  const pages = walkPages((page) => listRoomCodes(client, { roomId, ...page }, call), {
    maxPages: MAX_ROOM_CODE_PAGES,
  });
  for await (const page of pages) codes.push(...page.items);
  return codes;
}
