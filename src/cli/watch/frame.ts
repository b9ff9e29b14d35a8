// Draws the live list as lines of exactly the terminal's width. All text in them was made safe by text.ts.
import { styleText } from 'node:util';
import { fit, harmless } from '../text.ts';
import { nameOf, type WatchedPeer } from './events.ts';
import type { RoomView } from './room-view.ts';

/** The size of a terminal, in characters. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** The least width at which the list shows the time in the room, in columns. */
const WITH_TIME = 44;
/** The least width at which it also shows metadata. */
const WITH_METADATA = 64;
const TIME_COLUMNS = 8;
const KEYS = '↑↓ choose  x remove  r change role  q quit';

/** The lines of the list, as many as the terminal has rows. `now` is in milliseconds since the Unix epoch. */
export function frameOf(view: RoomView, { columns, rows }: Size, now: number): readonly string[] {
  const head = [titleOf(view, columns, now), statusOf(view, columns)];
  // Two lines for the head, one for the columns' names, one for the keys.
  const free = Math.max(rows - 4, 0);
  const events = free < 12 ? 0 : Math.min(Math.floor(free / 4), 8);
  const places = free - (events === 0 ? 0 : events + 1);
  const list = [
    styleText('dim', rowOf(['NAME', 'ROLE', 'FOR', 'METADATA'], columns)),
    ...peerLines(view, columns, places, now),
  ];
  const below = events === 0 ? [] : [' '.repeat(columns), ...eventLines(view, columns, events)];
  return [...head, ...list, ...below, lastLine(view, columns)].slice(0, rows);
}

function titleOf({ room, peers, state }: RoomView, columns: number, now: number): string {
  const people = peers.length === 1 ? '1 person' : `${peers.length} people`;
  const startedAt = state.session?.startedAt ?? null;
  const live = startedAt === null ? '' : `, live for ${durationOf(startedAt, now)}`;
  const right = state.cursor === null ? '' : ` ${people}${state.live ? live : ', not live'}`;
  const left = fit(`${harmless(room.name)}  ${harmless(room.id)}`, columns - Math.min(right.length, columns));
  return styleText('bold', `${left}${right.slice(0, columns)}`);
}

function statusOf({ isConnected, state }: RoomView, columns: number): string {
  const asOf = state.asOf === null ? '' : `; this list is of ${timeOf(state.asOf)}`;
  if (!isConnected)
    return styleText('red', fit(`No connection to the gateway, trying again${asOf}`, columns));
  if (state.cursor === null) return fit('Waiting for the list', columns);
  if (state.stale)
    return styleText('yellow', fit(`STALE: the gateway cannot read the room now${asOf}`, columns));
  return styleText('green', fit('Up to date', columns));
}

function peerLines(view: RoomView, columns: number, places: number, now: number): string[] {
  const { peers, chosenAt } = view;
  if (peers.length === 0 && view.state.cursor !== null)
    return padded([fit('  Nobody is in the room', columns)], columns, places);
  // The chosen peer is always visible. If not all fit, the last line says how many are above and below.
  const shown = peers.length > places ? Math.max(places - 1, 1) : places;
  const first = Math.max(0, Math.min(chosenAt - Math.floor(shown / 2), peers.length - shown));
  const lines = peers.slice(first, first + shown).map((peer, index) => {
    const line = rowOf(cellsOf(peer, now), columns, first + index === chosenAt ? '> ' : '  ');
    return first + index === chosenAt ? styleText('inverse', line) : line;
  });
  if (peers.length > shown) {
    const rest = `  ${first} above, ${peers.length - first - lines.length} below`;
    lines.push(styleText('dim', fit(rest, columns)));
  }
  return padded(lines, columns, places);
}

function cellsOf(peer: WatchedPeer, now: number): readonly string[] {
  const time = peer.joinedAt == null ? '' : durationOf(peer.joinedAt, now);
  return [nameOf(peer), harmless(peer.role ?? ''), time, harmless(peer.metadata ?? '')];
}

/** Cells in columns, of which a narrow terminal gets the first ones only. */
function rowOf(
  [name = '', role = '', time = '', metadata = '']: readonly string[],
  columns: number,
  mark = '  ',
): string {
  const inner = columns - 2;
  const timeColumns = columns < WITH_TIME ? 0 : TIME_COLUMNS + 1;
  const metadataColumns = columns < WITH_METADATA ? 0 : Math.floor(inner / 3);
  const rest = inner - timeColumns - metadataColumns;
  const roleColumns = Math.floor(rest * 0.4);
  const cells = [
    fit(name, rest - roleColumns - 1),
    fit(role, roleColumns),
    ...(timeColumns === 0 ? [] : [fit(time, timeColumns - 1)]),
    ...(metadataColumns === 0 ? [] : [fit(metadata, metadataColumns - 1)]),
  ];
  return fit(`${mark}${cells.join(' ')}`, columns);
}

function eventLines({ happened }: RoomView, columns: number, places: number): string[] {
  const lines = happened.slice(0, places).map(({ at, text }) => fit(`  ${timeOf(at)}  ${text}`, columns));
  return padded(lines, columns, places).map((line) => styleText('dim', line));
}

function lastLine({ question, notice }: RoomView, columns: number): string {
  if (question?.kind === 'remove')
    return styleText('bold', fit(`Remove ${nameOf(question.peer)} from the room? y/n`, columns));
  if (question?.kind === 'role') {
    const { roles, at, peer } = question;
    const role = harmless(roles[at] ?? '');
    const text = `New role of ${nameOf(peer)}: < ${role} > (${at + 1} of ${roles.length})  ←→ other  Enter give  Esc cancel`;
    return styleText('bold', fit(text, columns));
  }
  return notice === null ? styleText('dim', fit(KEYS, columns)) : styleText('bold', fit(notice, columns));
}

function padded(lines: readonly string[], columns: number, places: number): string[] {
  return [...lines, ...Array<string>(Math.max(places - lines.length, 0)).fill(' '.repeat(columns))].slice(
    0,
    places,
  );
}

/** How long ago an instant was: `12 s`, `34 min`, `5 h 6 min`. */
function durationOf(instant: string, now: number): string {
  const seconds = Math.max(0, Math.floor((now - Date.parse(instant)) / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60}`;
}

/** The time of day of an instant, by the clock of the machine. */
export function timeOf(instant: string): string {
  return new Date(instant).toLocaleTimeString('sv');
}
