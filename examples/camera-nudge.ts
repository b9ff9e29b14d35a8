// Sends a chat message to each peer of a live room whose camera is off or missing and whose role may publish video.
//   npm run example camera-nudge -- [ROOM_ID] [TEXT]
import { noTracks, reduceTracks, type TracksStateOf } from '@hms-gateway/client';
import type { GatewayClient } from './client.ts';
import { DEFAULT_ROOM, roomIdOf, runCommand } from './command.ts';
import { graphql } from './generated/gql.ts';
import type { CamerasSubscription } from './generated/graphql.ts';
import { failureOf } from './results.ts';

const Cameras = graphql(/* GraphQL */ `
  subscription Cameras($roomId: ID!, $after: String) {
    trackChanges(roomId: $roomId, after: $after) {
      __typename
      cursor
      ... on TracksSnapshot {
        stale
        peerTracks {
          asOf
          peer {
            ...Filmed
          }
          tracks {
            ...Shown
          }
        }
      }
      ... on TracksAwaited {
        peer {
          ...Filmed
        }
      }
      ... on TracksUpdated {
        asOf
        peer {
          ...Filmed
        }
        tracks {
          ...Shown
        }
      }
      ... on TracksEnded {
        peer {
          id
        }
      }
    }
  }
  fragment Filmed on Peer {
    id
    name
    templateRole {
      publishParams {
        allowed
      }
    }
  }
  fragment Shown on Track {
    type
    source
    muted
  }
`);

const Nudge = graphql(/* GraphQL */ `
  mutation Nudge($roomId: ID!, $messages: [MessageInput!]!) {
    sendMessages(input: { roomId: $roomId, messages: $messages }) {
      __typename
      ... on Error {
        message
      }
    }
  }
`);

interface Track {
  readonly type: string;
  readonly source?: string | null;
  readonly muted: boolean;
}

/** Other sources of video are a shared screen, and what the app plays. */
function hasCameraOn(tracks: readonly Track[]): boolean {
  return tracks.some(({ type, source, muted }) => type === 'VIDEO' && source === 'regular' && !muted);
}

type State = TracksStateOf<CamerasSubscription['trackChanges']>;
type Person = State['peerTracks'][number];

/**
 * True if the peer's role may publish video and the peer has no camera on. False if the template no longer has the
 * role.
 */
function shouldBeNudged({ peer, tracks }: Person): boolean {
  const mayShowVideo = peer.templateRole?.publishParams.allowed.includes('VIDEO') ?? false;
  return mayShowVideo && tracks != null && !hasCameraOn(tracks);
}

/** The names of the peers that got the message, and why others did not. */
export interface Nudged {
  readonly names: readonly string[];
  /** One text for each message that was refused: `Grace: ...`. */
  readonly failures: readonly string[];
}

/**
 * Sends `text` to the peers whose camera is off, once the gateway has read the tracks of each peer. It reads one after another,
 * with a REST call each, for all who watch the room; so a second nudge costs no further calls while somebody watches.
 * @throws Error if the room does not exist
 */
export async function nudge(gateway: GatewayClient, roomId: string, text: string): Promise<Nudged> {
  const off = (await allRead(gateway, roomId)).filter(shouldBeNudged).map(({ peer }) => peer);
  const names: string[] = [];
  const failures: string[] = [];
  for (let from = 0; from < off.length; from += MAX_MESSAGES) {
    const some = off.slice(from, from + MAX_MESSAGES);
    const messages = some.map(({ id }) => ({ peerId: id, message: text, type: 'chat' }));
    const { sendMessages: results } = await gateway.request(Nudge, { roomId, messages });
    for (const [index, { name }] of some.entries()) {
      const failure = failureOf(results?.[index]);
      if (failure === null) names.push(name ?? '(no name)');
      else failures.push(`${name ?? '(no name)'}: ${failure}`);
    }
  }
  return { names, failures };
}

/** The most messages of one mutation. */
const MAX_MESSAGES = 100;

/** The people who may publish, when the gateway has read the tracks of all of them. */
async function allRead(gateway: GatewayClient, roomId: string): Promise<readonly Person[]> {
  let state: State = noTracks;
  for await (const { trackChanges } of gateway.subscribe(Cameras, { roomId })) {
    state = reduceTracks(state, trackChanges);
    if (!state.stale && state.peerTracks.every(({ tracks }) => tracks !== null)) break;
  }
  return state.peerTracks;
}

const DEFAULT_TEXT = 'Would you switch your camera on?';

if (import.meta.main) {
  await runCommand('camera-nudge', {
    usage: '[ROOM_ID] [TEXT]',
    defaults: { ROOM_ID: DEFAULT_ROOM, TEXT: DEFAULT_TEXT },
    async run(gateway, [room, text = DEFAULT_TEXT]) {
      const { names, failures } = await nudge(gateway, await roomIdOf(gateway, room), text);
      if (names.length > 0) console.log(`Nudged: ${names.join(', ')}`);
      else if (failures.length === 0) console.log('Every camera that may be on is on.');
      if (failures.length > 0) throw new Error(`Not nudged: ${failures.join('; ')}`);
    },
  });
}
