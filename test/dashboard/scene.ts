// A workspace in which people came and went for an hour, for the pictures of the README and for tests that look at a full page.
// The seed decides all but the time: the hour ends now.
import type { TemplateRole } from '../../src/openapi/types.ts';
import type { World } from '../../src/sandbox/live/world.ts';
import { Random } from '../../src/sandbox/random.ts';
import type { RoomRecord } from '../../src/sandbox/records.ts';

const MINUTE_MS = 60_000;

const NAMES =
  'Amara Okafor,Bruno Costa,Chiara Romano,Daniel Weiss,Elif Demir,Farah Haddad,Grace Hopper,Hiro Tanaka,Ines Alvarez,' +
  'Jonas Lind,Kavya Rao,Liam Byrne,Mei Chen,Noor Aziz,Olga Petrova,Priya Nair,Quentin Roux,Rosa Jimenez,Samuel Adeyemi,' +
  'Tara Singh,Uma Krishnan,Viktor Novak,Wanda Kowalska,Ximena Cruz,Yusuf Kaya,Zoe Martin,Anton Berg,Bea Schulz,' +
  'Caleb Moore,Dina Farouk,Emil Sand,Fatou Diop,Gabor Kiss,Hanna Virtanen,Ivo Marin,Jia Li,Kofi Mensah,Lena Vogel';

/** A room, and how its people come: `most` of them within `minutes`, and one in `leavers` leaves again. */
interface Plan {
  readonly name: string;
  readonly description: string;
  readonly minutes: number;
  readonly most: number;
  readonly leavers: number;
  readonly hands: number;
}

const PLANS: readonly Plan[] = [
  {
    name: 'choir-rehearsal',
    description: 'Altos first, all from 19:30',
    minutes: 68,
    most: 26,
    leavers: 3,
    hands: 1,
  },
  {
    name: 'algebra-2',
    description: 'Quadratic equations, week 9',
    minutes: 47,
    most: 19,
    leavers: 5,
    hands: 3,
  },
  {
    name: 'react-workshop',
    description: 'Bring your own laptop',
    minutes: 41,
    most: 14,
    leavers: 4,
    hands: 0,
  },
  {
    name: 'guitar-beginners',
    description: 'Chord changes and rhythm',
    minutes: 26,
    most: 7,
    leavers: 9,
    hands: 1,
  },
  {
    name: 'spanish-b1',
    description: 'Conversation about travel',
    minutes: 18,
    most: 11,
    leavers: 6,
    hands: 2,
  },
  {
    name: 'office-hours',
    description: 'Ask anything, leave any time',
    minutes: 12,
    most: 9,
    leavers: 2,
    hands: 0,
  },
];

const speaker: TemplateRole = { publishParams: { allowed: ['audio', 'video', 'screen'] } };
const listener: TemplateRole = { publishParams: { allowed: [] } };

/** Adds the rooms with an hour of history up to `now`, in milliseconds since the epoch. */
export function addScene(world: World, now: number): readonly RoomRecord[] {
  return PLANS.map((plan) => {
    const room = addRoom(world, plan, now);
    if (plan.most > 15) addRecordings(world, room, now);
    return room;
  });
}

/** One recording that is done, with its files, and one that runs. */
function addRecordings(world: World, { id: roomId }: RoomRecord, now: number): void {
  const session = world.sessions.active(roomId);
  if (session === undefined) return;
  const plan = {
    kind: 'recording',
    roomId,
    sessionId: session.id,
    destination: 'default',
    meetingUrl: 'https://example.app.100ms.live/preview',
    resolution: { width: 1280, height: 720 },
    maxDurationMs: 240 * MINUTE_MS,
    isAudioOnly: false,
    transcription: undefined,
  } as const;
  const at = <Result>(ms: number, step: () => Result) => world.at(ms, step);
  world.jobs.recall(plan, { startMs: now - 44 * MINUTE_MS, stopMs: now - 21 * MINUTE_MS }, at);
  world.jobs.recall(plan, { startMs: now - 9 * MINUTE_MS }, at);
}

function addRoom(world: World, plan: Plan, now: number): RoomRecord {
  const { name, description, minutes, most } = plan;
  const random = new Random(`scene:${name}`);
  const room = world.rooms.create({ name, description });
  const { id } = world.templates.get(room.templateId);
  const roles = { teacher: speaker, student: speaker, assistant: speaker, guest: listener };
  world.templates.replace(id, { name: 'classroom', roles });
  const begin = now - minutes * MINUTE_MS;
  const names = shuffled(NAMES.split(','), random).slice(0, most);
  const steps = names.flatMap((person, index) => stayOf(person, index, plan, random));
  const ids = new Map<string, string>();
  for (const { at, person, role } of steps.toSorted((one, other) => one.at - other.at)) {
    world.at(begin + at * (minutes * MINUTE_MS), () => {
      if (role === null) world.leave(room.id, ids.get(person) ?? '');
      else ids.set(person, world.join(room.id, newcomer(person, role)).id);
    });
  }
  const present = world.sessions.connectedPeers(room.id).toReversed();
  for (const { id: peerId } of present.slice(0, plan.hands)) raiseHand(world, room.id, peerId);
  return room;
}

/** A joining, and for some a leaving (`role` null); `at` is the share of the room's time. */
interface Turn {
  readonly at: number;
  readonly person: string;
  readonly role: string | null;
}

function stayOf(person: string, index: number, { most, leavers }: Plan, random: Random): Turn[] {
  const role =
    index === 0 ? 'teacher' : index === 1 ? 'assistant' : random.chance(0.75) ? 'student' : 'guest';
  // Most come in the first third, the others all along.
  const at = index === 0 ? 0 : random.chance(0.65) ? random.next() * 0.35 : random.next() * 0.93;
  const leaves = index > 1 && index < most - 1 && index % leavers === 0;
  const gone = at + 0.1 + random.next() * (0.88 - at);
  return [{ at, person, role }, ...(leaves ? [{ at: Math.min(gone, 0.97), person, role: null }] : [])];
}

function newcomer(name: string, role: string) {
  const userId = name.toLowerCase().replaceAll(' ', '-');
  return { name, role, userId, publish: ['audio', 'video'] as const, metadata: '{"isHandRaised":false}' };
}

/** The person raises a hand, as the vendor's Prebuilt app writes it. */
export function raiseHand(world: World, roomId: string, peerId: string): void {
  world.updatePeer(roomId, peerId, { metadata: '{"isHandRaised":true}' });
}

function shuffled<T>(list: readonly T[], random: Random): T[] {
  return list
    .map((element) => ({ element, place: random.next() }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ element }) => element);
}
