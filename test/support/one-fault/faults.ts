// The faults that one place of an answer can have, and those of a whole list or transmission.
import type { Fault } from '../../../src/sandbox/http/faults.ts';
import { withValueAt, type Place } from './places.ts';

/** How many elements a fault of pages may hide from clients without an error. */
type Loss = 'nothing' | 'anything';

/** A fault of one value. */
export interface ValueFault {
  readonly name: string;
  /** The value in place of `old`; `undefined`: none. `others` are the values of the other places of its kind. */
  readonly change: (old: unknown, others: readonly unknown[]) => unknown;
  /** Whether the value is one that a neighbour has. */
  readonly isOfNeighbour?: true;
  /** Whether it fits the place. Default: any. */
  readonly fits?: (place: Place) => boolean;
}

/** Stands for the number `1e400` until the answer is written: a parser makes infinity of it. */
const INFINITE = '@1e400@';
/** The JSON text of an answer with a fault. */
export function writtenAnswer(answer: unknown): string {
  return (JSON.stringify(answer) ?? '').replaceAll(`"${INFINITE}"`, '1e400');
}

const REPEATED = 8000;
const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as unknown;
const isText = ({ value }: Place) => typeof value === 'string';
const isId = ({ path }: Place) => /(^|_)id$/.test(path.at(-1) ?? '');

const otherKinds: readonly unknown[] = [
  null,
  undefined,
  '',
  ' ',
  'x',
  'null',
  'true',
  '79',
  '-1',
  '1e3',
  0,
  -1,
  1.5,
  2_147_483_648,
  750_727_362_669_608_961n,
  4e9,
  1e300,
  INFINITE,
  true,
  false,
  [],
  {},
  [null],
  [[]],
  [{}],
  { x: null },
  { id: 'x' },
  { constructor: { prototype: 1 }, toString: 1, hasOwnProperty: null, length: -1 },
];

const instants: readonly unknown[] = [
  '0001-01-01T00:00:00Z',
  '0000-00-00T00:00:00Z',
  '0000-01-01T00:00:00+23:59',
  '9999-12-31T23:59:59-23:59',
  '2026-03-12T21:30:05.118+05:30',
  '2026-02-30T25:61:61Z',
  '2026-02-29T00:00:00Z',
  '2016-12-31T23:59:60Z',
  '2026-03-12t16:00:00z',
  '2026-03-12 16:00:00Z',
  '2026-03-12T16:00:00',
  '2026-03-12',
  '2026-03-12T24:00:00Z',
  '2026-03-12T16:00:00.123456789012Z',
  '2026-03-12T16:00:00.Z',
  '+012026-03-12T16:00:00Z',
  'Thu, 12 Mar 2026 16:00:00 GMT',
  1_700_000_000,
  1_700_000_000_000,
  '1700000000',
];

const ids: readonly unknown[] = [
  'sip-peer-1',
  'room-slug-9',
  'a:b',
  ':',
  '.',
  '..',
  '../rooms',
  'a/b',
  'a?b=c',
  'a#b',
  '%2e%2e',
  'a b',
  ' a',
  'a\n',
  'a\u0000b',
  'ид-комнаты',
  '\u202eabc',
  '😀',
  '\ud83d',
  'x'.repeat(200),
  'x'.repeat(201),
  'x'.repeat(5000),
  '9F1B180A-1C2D-4E3F-8A9B-0C1D2E3F4A5B',
  'FFFFFFFFFFFFFFFFFFFFFFFF',
  '000000000000000000000000',
  '__proto__',
  'constructor',
  'Um9vbTph',
  12_345,
];

const texts: readonly (readonly [name: string, change: (old: string) => string])[] = [
  ['a lone high surrogate at the end', (old) => `${old}\ud83d`],
  ['a lone low surrogate at the front', (old) => `\ude00${old}`],
  ['surrogates in reverse', (old) => `${old}\ude00\ud83d`],
  ['a surrogate in JSON in a text', () => '{"t":"\\ud83d","\\udead":1}'],
  ['control characters', (old) => `${old}\u0000\u0007\u2028\u2029\ufeff`],
  ['upper case', (old) => old.toUpperCase()],
  ['a blank behind', (old) => `${old} `],
  ['100 kB', (old) => `${old}${'y'.repeat(100_000)}`],
  ['deep JSON in a text', () => '['.repeat(REPEATED) + ']'.repeat(REPEATED)],
  ['deep objects in a text', () => '{"a":'.repeat(REPEATED) + '1' + '}'.repeat(REPEATED)],
  ['an infinite number in a text', () => '{"n":1e400,"m":-1e400,"__proto__":{"x":1}}'],
];

const shown = (value: unknown): string => {
  const text = typeof value === 'bigint' ? `${value}` : (JSON.stringify(value) ?? 'missing');
  return text.length > 40 ? `${text.slice(0, 30)}… (${text.length})` : text;
};

const replacing =
  (fits?: ValueFault['fits']) =>
  (value: unknown): ValueFault => ({
    name: shown(value),
    change: () => (typeof value === 'bigint' ? Number(value) : value),
    ...(fits === undefined ? {} : { fits }),
  });

/** The faults of one value; at least one fits every place. */
export const valueFaults: readonly ValueFault[] = [
  ...otherKinds.map(replacing()),
  ...instants.map(replacing(({ path }) => /(_at|At|timestamp|date|time)$/i.test(path.at(-1) ?? ''))),
  ...ids.map(replacing(isId)),
  ...texts.map(([name, change]) => ({ name, change: (old: unknown) => change(String(old)), fits: isText })),
  {
    name: 'the value of another place',
    isOfNeighbour: true,
    change: (old, others) => others.find((other) => other !== old),
  },
  { name: 'one level more', change: (old) => [old] },
  { name: 'one level more, as a map', change: (old) => ({ x: old }) },
  { name: '100 levels', change: () => nested(100) },
  { name: '3000 levels', change: () => nested(3000) },
  { name: 'a number as a text', change: String, fits: ({ value }) => typeof value === 'number' },
  { name: 'a map as a list', change: (old) => Object.values(Object(old)), fits: ({ value }) => isMap(value) },
  {
    name: 'a list as a map',
    change: (old) => ({ ...Object(old) }),
    fits: ({ value }) => Array.isArray(value),
  },
  {
    name: 'a key `__proto__`',
    change: (old) => withValueAt(old, ['__proto__'], { polluted: true }),
    fits: ({ value }) => isMap(value),
  },
  {
    name: 'a key with a lone surrogate',
    change: (old) => withValueAt(old, ['\ud83d'], Object.values(Object(old))[0] ?? 'x'),
    fits: ({ value }) => isMap(value),
  },
];

function isMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A page of the REST API's lists, as it is changed here. */
interface RawPage extends Record<string, unknown> {
  readonly data?: unknown;
}

/** A fault of the pages of a list: `pages` are the correct answers so far, the last of them the one to change. */
export interface PageFault {
  readonly name: string;
  readonly loss: Loss;
  readonly change: (page: RawPage, pages: readonly RawPage[]) => RawPage;
}

const itemsOf = (page: RawPage | undefined): readonly unknown[] =>
  Array.isArray(page?.data) ? (page.data as unknown[]) : [];
const idIn = (item: unknown): unknown => Object(item).id;
const hexOf = (count: number): string => `${count}`.padStart(24, '0');

function overlapping(by: number): PageFault['change'] {
  let before: readonly unknown[] = [];
  return (page, pages) => {
    if (pages.length === 1) before = [];
    const whole = itemsOf(page);
    // A page without a new element is the end of a list.
    const kept = before.slice(-Math.min(by, whole.length - 1));
    const items = [...(whole.length > 1 ? kept : []), ...whole].slice(0, Math.max(1, whole.length));
    before = items;
    return { ...page, data: items, last: idIn(items.at(-1)) ?? page['last'] };
  };
}

const withLast =
  (last: unknown): PageFault['change'] =>
  (page) => ({ ...page, last });
const withLimit =
  (limit: unknown): PageFault['change'] =>
  (page) => ({ ...page, limit });

/** The faults of the pages of a list. */
export const pageFaults: readonly PageFault[] = [
  ...[1, 5, 10].map((by) => ({
    name: `pages overlap by ${by}`,
    loss: 'nothing' as const,
    change: overlapping(by),
  })),
  {
    name: 'pages are all the first, under another `last`',
    loss: 'anything',
    change: (page, pages) => ({ ...page, data: pages[0]?.data, last: hexOf(pages.length) }),
  },
  {
    name: 'pages never end, under another `last`',
    loss: 'anything',
    change: (page, pages) => ({ ...page, last: hexOf(pages.length) }),
  },
  {
    name: 'pages have the same `last`',
    loss: 'nothing',
    change: (page, pages) => ({ ...page, last: pages[0]?.['last'] }),
  },
  {
    name: 'pages are empty but have a `last`',
    loss: 'anything',
    change: (page, pages) => ({ ...page, data: [], last: hexOf(pages.length) }),
  },
  {
    name: 'an element comes twice',
    loss: 'nothing',
    change: (page) => ({ ...page, data: [itemsOf(page)[0], ...itemsOf(page)] }),
  },
  {
    name: 'all elements come twice',
    loss: 'nothing',
    change: (page) => ({ ...page, data: [...itemsOf(page), ...itemsOf(page)] }),
  },
  ...[undefined, null, '', 'x'].map((last) => ({
    name: `\`last\` is ${shown(last)}`,
    loss: 'anything' as const,
    change: withLast(last),
  })),
  ...[0, 12_345, true, {}, [], ' ', '\ud83d', 'x'.repeat(5000)].map((last) => ({
    name: `\`last\` is ${shown(last)}`,
    loss: 'nothing' as const,
    change: withLast(last),
  })),
  {
    name: '`last` is the first element',
    loss: 'anything',
    change: (page) => ({ ...page, last: idIn(itemsOf(page)[0]) ?? 'x' }),
  },
  ...[undefined, null, 0, -1, 5, 1.5, 1e9, '10', true, {}].map((limit) => ({
    name: `\`limit\` is ${shown(limit)}`,
    loss: 'nothing' as const,
    change: withLimit(limit),
  })),
];

/** Faults of the transmission, by name. */
export const transmissionFaults: Readonly<Record<string, Fault>> = {
  cut: { kind: 'cut' },
  short: { kind: 'short' },
  empty: { kind: 'empty' },
  HTML: { kind: 'status', status: 200, body: '<html>hello</html>' },
  'a redirect': { kind: 'redirect', location: 'http://127.0.0.1:1/elsewhere' },
  'an error as 200': { kind: 'status', status: 200, body: { code: 404, message: 'room not found' } },
  'a broken connection': { kind: 'reset' },
  ...Object.fromEntries(
    [204, 206, 299, 304, 400, 401, 403, 404, 409, 410, 418, 422, 429, 500, 502, 503, 504].map(
      (status) => [`status ${status}`, { kind: 'status', status }] as const,
    ),
  ),
  'a text behind': { kind: 'text', text: (json) => `${json} x` },
  'a byte order mark': { kind: 'text', text: (json) => `\ufeff${json}` },
  NaN: { kind: 'text', text: (json) => json.replaceAll(/:(-?\d+(\.\d+)?)(?=[,}])/g, ':NaN') },
  'a deep text': { kind: 'text', text: () => '['.repeat(200_000) },
  'a deep document': { kind: 'text', text: () => '['.repeat(50_000) + ']'.repeat(50_000) },
};
