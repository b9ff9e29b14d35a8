// What docs/scaling.md computes for a fleet on paper, from its size and from the bytes of single commands and messages.
import { GATHERED_MS, GATHERED_MS_A_MEMBER, MAX_LOGS } from '../../src/fleet/logs/confirmations.ts';
import { MEMBER_TTL_MS, type WorldOptions, INTERVALS } from './world.ts';

/** Rates a second, by the kind of command. */
export interface Paper {
  /** Polls of peers. */
  readonly polls: number;
  /** Of the budget: polls and the pages of session checks. */
  readonly calls: number;
  readonly commands: Readonly<Record<string, number>>;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

/** Bytes of one command or message with Redis' protocol around it, ids of real lengths, and small changes of one peer. */
const BYTES = {
  /** `commit-entry` of an event of one peer: hash, keys, lease, head, and the event twice: in the message, and as an item. */
  commit: 1255,
  /** Its message. */
  message: 650,
  /** `confirm-logs` without logs, and more for each log: keys, lease, times, its part of the message. */
  confirm: 250,
  logInConfirm: 350,
  /** The message of confirmations without logs, and more for each log. */
  confirmed: 120,
  logInConfirmed: 50,
  heartbeat: 288,
  /** Facts and id of one member in the answer of a heartbeat. */
  member: 60,
  /** A room's id in a list. */
  roomId: 31,
  /** A room's id in JSON, and a session with its room in JSON. */
  roomIdInJson: 27,
  sessionInJson: 106,
} as const;

/** Part of a wait between quiet polls that jitter leaves, on the average. */
const JITTER = 0.9;
const PAGE = 100;

/** How many polls a second a live room wants: waits grow by half until a poll shows a change. */
export function wantedPolls(changeEveryMs: number): number {
  const { pollIntervalMs, pollMaxIntervalMs } = INTERVALS;
  const changes = 1000;
  let [polls, now, wait, nextChange] = [0, 0, pollIntervalMs, changeEveryMs];
  for (; nextChange < changes * changeEveryMs; polls += 1) {
    const hasChanged = nextChange <= now;
    while (nextChange <= now) nextChange += changeEveryMs;
    wait = hasChanged ? pollIntervalMs : Math.min(pollMaxIntervalMs, wait * 1.5);
    now += hasChanged ? wait : wait * JITTER;
  }
  return (polls * 1000) / now;
}

/**
 * How many messages of confirmations all instances send in a second. Each collects reads from the first one on, until the time is
 * over or a change is written. The session check confirms all idle rooms at once. `quiet`, `changes`: reads of live rooms a
 * second.
 */
function confirmsOf({ instances, rooms, liveShare }: WorldOptions, quiet: number, changes: number): number {
  const checks = 1000 / INTERVALS.sessionCheckMs;
  const longestS = Math.max(GATHERED_MS, GATHERED_MS_A_MEMBER * instances) / 1000;
  const each = changes / instances;
  const gatheredS = (1 - Math.exp(-each * longestS)) / each;
  const first = quiet / instances + checks;
  const idle = (rooms * (1 - liveShare)) / instances;
  return instances * (first / (1 + first * gatheredS) + checks * Math.floor(idle / MAX_LOGS));
}

/** `watches`: rooms, counted once for each instance that watches them. */
export function paperOf(options: WorldOptions, watches: number): Paper {
  const { instances, rooms, liveShare, changeEveryMs, requestsPerSecond } = options;
  const live = rooms * liveShare;
  const checks = 1000 / INTERVALS.sessionCheckMs;
  const pages = (Math.floor(live / PAGE) + 1) * checks;
  const wanted = live * wantedPolls(changeEveryMs);
  const polls = Math.min(wanted, requestsPerSecond - pages);
  // A change that comes between two polls of a room shows with the next one.
  const changes = Math.min(polls, (live * 1000) / changeEveryMs);
  const quiet = polls - changes + (rooms - live) * checks;
  const confirms = confirmsOf(options, polls - changes, changes);
  const eachRoom = watches / rooms;
  const beats = (instances * 4000) / MEMBER_TTL_MS;
  const others = instances - 1;
  const commands = {
    'commit-entry': changes,
    'confirm-logs': confirms,
    message: changes * eachRoom + (confirms + 2 * checks) * instances,
    heartbeat: beats,
    pexpire: (instances * 1000) / MEMBER_TTL_MS,
    smembers: others * checks,
    publish: 2 * checks,
  };
  const answer = rooms * BYTES.roomIdInJson + live * BYTES.sessionInJson;
  const wants = rooms * (others / instances) * BYTES.roomId;
  return {
    polls,
    calls: polls + pages,
    commands,
    bytesIn:
      changes * BYTES.commit +
      confirms * BYTES.confirm +
      quiet * BYTES.logInConfirm +
      beats * BYTES.heartbeat +
      checks * answer,
    bytesOut:
      changes * eachRoom * BYTES.message +
      confirms * instances * BYTES.confirmed +
      quiet * instances * BYTES.logInConfirmed +
      beats * instances * BYTES.member +
      checks * (answer * instances + wants),
  };
}
