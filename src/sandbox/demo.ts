// The demo data: enough rooms and sessions to explore and to need several pages. The seed decides everything except
// the times, which are relative to the sandbox's start.
import type { RecordingInfo } from '../openapi/types.ts';
import { logDemoDeliveries } from './webhooks/demo-deliveries.ts';
import { addDemoPolls, answerDemoPolls } from './polls/demo-polls.ts';
import { families } from './families.ts';
import { demoTemplates, stageRecording } from './templates/demo-templates.ts';
import { randomNewcomer } from './live/people.ts';
import { Random } from './random.ts';
import type { RoomRecord } from './records.ts';
import type { World } from './live/world.ts';
import type { RoomSettings } from './rooms/rooms.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const ROOMS = 130;
const PAST_SESSIONS = 64;
/** The newest rooms are live: the newer, the more people. */
const LIVE_ROOMS = 6;

/** For each template, its rooms' topics: the beginning of a room's name, and the room's description. */
const TOPICS: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  classroom: [
    ['maths-batch', 'Evening maths class'],
    ['physics-lab', 'Experiments, live from the lab'],
    ['spanish-a2', 'Conversation for beginners'],
    ['python-basics', ''],
    ['piano-group', 'Bring your own keyboard'],
  ],
  stage: [
    ['town-hall', 'Monthly questions and answers'],
    ['product-launch', ''],
    ['open-mic', 'Five minutes for everybody'],
    ['radio-hour', 'Live on air every Friday'],
  ],
  'one-to-one': [
    ['tutoring', ''],
    ['interview', 'Hiring, second round'],
    ['doctor-visit', 'Private consultation'],
  ],
};

const OWN_RECORDING: RecordingInfo = {
  enabled: true,
  upload_info: {
    type: 's3',
    location: 'room-recordings',
    prefix: 'extra',
    options: { region: 'us-east-1' },
    credentials: { key: 'DEMO-ROOM-KEY', secret: 'demo-room-secret' },
  },
};

/** Fills an empty world. Rooms are 120 to 31 days old, past sessions at most 30 days, live sessions under an hour. */
export function fillWithDemoData(world: World, seed: number, nowMs: number): void {
  const random = new Random(`demo:${seed}`);
  // A separate sequence: data that was added in a later version leaves the rest of a seed's data unchanged.
  const voters = new Random(`demo-voters:${seed}`);
  world.at(nowMs - 150 * DAY, () => addTemplates(world));
  const stopLogging = logDemoDeliveries(world, seed);
  const pollsOf = addDemoPolls(world);
  const rooms = Array.from({ length: ROOMS }, (_, index) =>
    world.at(nowMs - 120 * DAY + (index * 89 * DAY) / ROOMS, () =>
      addRoom(world, random, index, pollsOf(index)),
    ),
  );
  const open = rooms.filter((room) => room.enabled);
  for (let index = 0; index < PAST_SESSIONS; index += 1) {
    const startMs = nowMs - 30 * DAY + (index * 29 * DAY) / PAST_SESSIONS;
    playPastSession(world, random, voters, random.pick(open.slice(40)), startMs);
  }
  for (const [index, room] of rooms.slice(-LIVE_ROOMS).entries()) {
    openLiveRoom(world, random, room, { size: 4 + index, startMs: nowMs - (50 - index * 7) * MINUTE });
  }
  for (const { addDemoData } of families) addDemoData?.(world);
  stopLogging();
}

function addTemplates(world: World): void {
  for (const template of demoTemplates) world.templates.create(template);
  const stage = world.templates.byName('stage');
  if (stage !== undefined) world.templates.change(stage.id, { recordings: [stageRecording] });
}

function addRoom(
  world: World,
  random: Random,
  index: number,
  polls: readonly string[] | undefined,
): RoomRecord {
  const isLive = index >= ROOMS - LIVE_ROOMS;
  const picked = random.pick([...world.templates.all.values()]);
  // Two people fill a room of this template.
  const isSmall = isLive && picked.name === 'one-to-one';
  const template = (isSmall ? world.templates.byName('classroom') : undefined) ?? picked;
  const [topic, description] = random.pick(TOPICS[template.name] ?? []);
  return world.rooms.create({
    name: `${topic}-${String(index + 1).padStart(3, '0')}`,
    description,
    templateId: template.id,
    enabled: isLive || index % 18 !== 17,
    polls,
    ...(isLive ? {} : extras(index)),
  });
}

/** Additional settings of a few rooms. */
function extras(index: number): RoomSettings {
  if (index % 30 === 4) return { recordingInfo: OWN_RECORDING };
  if (index % 30 === 9) return { size: 40, maxDurationSeconds: 5400 };
  if (index % 60 === 14) return { largeRoom: true, size: 10_000, region: 'in' };
  if (index === 21)
    return {
      webhook: { url: 'https://hooks.example.com/100ms', headers: { 'x-hook-secret': 'demo-hook-secret' } },
    };
  return {};
}

/** People join within the first 10 minutes and leave within the last 10 of 40. */
function playPastSession(
  world: World,
  random: Random,
  voters: Random,
  room: RoomRecord,
  startMs: number,
): void {
  const roles = [...world.templates.get(room.templateId).roles.values()];
  const size = random.between(2, 8);
  const peers = Array.from({ length: size }, (_, index) =>
    world.at(startMs + (index * 10 * MINUTE) / size, () =>
      world.join(room.id, randomNewcomer(random, roles[index] ?? random.pick(roles))),
    ),
  );
  world.at(startMs + 20 * MINUTE, () => answerDemoPolls(world, voters, room.id, size));
  for (const [index, peer] of peers.entries()) {
    world.at(startMs + 30 * MINUTE + (index * 10 * MINUTE) / size, () => world.leave(room.id, peer.id));
  }
}

/** `size` people, one of whom joins twice; some tracks are muted. */
function openLiveRoom(
  world: World,
  random: Random,
  room: RoomRecord,
  { size, startMs }: { readonly size: number; readonly startMs: number },
): void {
  const roles = [...world.templates.get(room.templateId).roles.values()];
  const join = (index: number): void => {
    const newcomer = randomNewcomer(random, roles[index] ?? random.pick(roles.slice(1)));
    const peer = world.join(room.id, newcomer);
    if (index === 1) world.join(room.id, { ...newcomer, publish: [] });
    const [track] = peer.tracks.values();
    if (track !== undefined && random.chance(0.4)) world.setMute(room.id, peer.id, track.kind, true);
  };
  for (let index = 0; index < size; index += 1) {
    world.at(startMs + index * 20_000, () => join(index));
  }
}
