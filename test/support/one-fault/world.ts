// A workspace with at least a dozen of everything that lists give, and the objects that the documents are about.
import type { JobKind } from '../../../src/sandbox/media/job-records.ts';
import { streamKeysOf } from '../../../src/sandbox/media/stream-keys.ts';
import type { World } from '../../../src/sandbox/live/world.ts';
import { addPastJobs, addRunningJob } from '../media.ts';
import { addPeers, addPastSession } from '../worlds.ts';

const JOB_KINDS: readonly JobKind[] = ['live-stream', 'recording', 'external-stream'];
const EACH = 12;

/** Vendor ids of what the documents name, by the noun that the graph has for it. */
export type Subjects = Readonly<
  Record<
    | 'room'
    | 'session'
    | 'template'
    | 'peer'
    | 'departed'
    | 'poll'
    | 'liveStream'
    | 'recording'
    | 'externalStream'
    | 'recordingAsset'
    | 'roomCode'
    | 'workflow',
    string
  >
>;

/** Adds to the demo data of a sandbox what a room needs to have some of everything. */
export function furnish(world: World): Omit<Subjects, 'workflow'> {
  const template = [...world.templates.all.values()].find(({ roles }) => roles.has('host'));
  if (template === undefined) throw new Error('no template of the demo data has hosts');
  world.templates.putRole(template.id, 'guest', {});
  const room = world.rooms.create({ name: 'furnished', templateId: template.id });
  for (let index = 0; index < EACH; index += 1) addPastSession(world, room.id);
  addPeers(world, room.id, EACH);
  const peer = world.join(room.id, { name: 'Ada', role: 'host', userId: 'ada', publish: ['audio', 'video'] });
  const session = world.sessions.active(room.id);
  const past = [...world.sessions.all.values()].find(
    ({ roomId, id }) => roomId === room.id && id !== session?.id,
  );
  if (session === undefined || past === undefined) throw new Error('the room is not live');
  for (const kind of JOB_KINDS) {
    addPastJobs(world, session, kind, EACH);
    addRunningJob(world, session, kind);
  }
  const polls = [...world.polls.all.keys()].toSorted((a, b) => resultsOf(world, b) - resultsOf(world, a));
  world.rooms.update(room.id, { polls });
  streamKeysOf(world).create(room.id);
  const roomCode = world.roomCodes.create(room.id, 'host').code;
  for (const role of world.templates.get(room.templateId).roles.keys())
    if (role !== 'host') world.roomCodes.create(room.id, role);
  const jobOf = (kind: JobKind) =>
    [...world.jobs.all.values()].filter((job) => job.kind === kind).at(-2)?.id ?? '';
  return {
    room: room.id,
    session: session.id,
    template: room.templateId,
    peer: peer.id,
    departed: [...past.peers.keys()][0] ?? '',
    poll: polls[0] ?? '',
    liveStream: jobOf('live-stream'),
    recording: jobOf('recording'),
    externalStream: jobOf('external-stream'),
    recordingAsset: [...world.jobs.assets.values()].find(({ roomId }) => roomId === room.id)?.id ?? '',
    roomCode,
  };
}

function resultsOf(world: World, pollId: string): number {
  return world.pollRuns.responsesOf(pollId).filter(({ score }) => score !== undefined).length;
}
