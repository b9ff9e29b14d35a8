// The faults of the suite: what the upstream does, for how long, and what clients are told meanwhile.
import {
  bomb,
  drip,
  first,
  flapping,
  hang,
  hangMidBody,
  html502,
  huge,
  malform,
  redirect,
  reset,
  resetMidBody,
  status,
  truncate,
  type Behaviour,
} from './proxy.ts';
import type { FaultStage } from './stage.ts';

/** One fault. */
export interface FaultCase {
  readonly name: string;
  /** Begins the fault. */
  readonly begin: (stage: FaultStage) => void | Promise<void>;
  /** Ends it; default: the proxy behaves again. */
  readonly end?: (stage: FaultStage) => void | Promise<void>;
  /** The codes that clients may get meanwhile; empty: they must not notice it. */
  readonly codes: readonly string[];
  /**
   * Within so many milliseconds the breakers must open; the upstream must be left alone from then on. Absent: it is no outage, and
   * breakers stay closed.
   */
  readonly opensAfterMs?: number;
  /** The upstream and its clients, in the same process, need memory for the bodies too: memory.test.ts measures the gateway alone. */
  readonly areBodiesHuge?: true;
  /** How long it lasts, in milliseconds; default 3 000. */
  readonly lastsMs?: number;
  /** Whether `npm test` has it too. */
  readonly isInSlice?: true;
}

const acts = (behaviour: () => Behaviour) => (stage: FaultStage) => stage.proxy.set(behaviour());
const UNAVAILABLE = ['UPSTREAM_UNAVAILABLE'];
const BAD = ['UPSTREAM_BAD_RESPONSE'];
const LATE = ['UPSTREAM_TIMEOUT', 'UPSTREAM_UNAVAILABLE'];

/** An outage that is seen at once. */
const OUTAGE = { codes: UNAVAILABLE, opensAfterMs: 4000, lastsMs: 9000 };
/** An outage that is seen at the deadline of calls. */
const SLOW_OUTAGE = { codes: LATE, opensAfterMs: 10_000, lastsMs: 14_000 };

export const faultCases: readonly FaultCase[] = [
  {
    ...OUTAGE,
    name: 'connections are refused',
    begin: ({ proxy }) => proxy.refuse(),
    end: ({ proxy }) => proxy.listen(),
  },
  { ...OUTAGE, name: 'a reset before the answer', begin: acts(() => reset), lastsMs: 3500, isInSlice: true },
  {
    ...OUTAGE,
    name: 'a reset in the middle of the body',
    begin: acts(() => resetMidBody),
    codes: [...BAD, ...UNAVAILABLE],
  },
  { ...OUTAGE, name: 'a 502 in HTML', begin: acts(() => html502) },
  { ...OUTAGE, name: 'a 503', begin: acts(() => status(503)) },
  { ...SLOW_OUTAGE, name: 'a hang before the headers', begin: acts(() => hang) },
  { ...SLOW_OUTAGE, name: 'a hang in the middle of the body', begin: acts(() => hangMidBody) },
  { ...SLOW_OUTAGE, name: 'a body that drips', begin: acts(() => drip) },
  { name: 'truncated JSON', begin: acts(() => truncate), codes: BAD },
  { name: 'malformed JSON', begin: acts(() => malform), codes: BAD, lastsMs: 1000, isInSlice: true },
  { name: 'a body of 200 MB', begin: acts(() => huge), codes: BAD, areBodiesHuge: true },
  { name: 'a gzip bomb', begin: acts(() => bomb), codes: BAD, areBodiesHuge: true },
  { name: 'a redirect', begin: acts(() => redirect), codes: BAD },
  { name: 'a 401, once', begin: acts(() => first(1, status(401))), codes: [] },
  { name: 'a 401, for ever', begin: acts(() => status(401)), codes: ['UPSTREAM_ERROR'] },
  { name: 'a 403', begin: acts(() => status(403)), codes: ['UPSTREAM_ERROR'] },
  {
    name: 'a 429 with Retry-After',
    begin: acts(() => status(429, { 'retry-after': '2' })),
    codes: ['UPSTREAM_RATE_LIMITED'],
    lastsMs: 1000,
    isInSlice: true,
  },
  { name: 'a 429 without Retry-After', begin: acts(() => status(429)), codes: ['UPSTREAM_RATE_LIMITED'] },
  { name: 'one reset', begin: acts(() => first(1, reset)), codes: [], lastsMs: 1000 },
  { name: 'one 503', begin: acts(() => first(1, status(503))), codes: [], lastsMs: 1000 },
  { name: 'bursts of 503', begin: acts(() => flapping(status(503), 500)), codes: UNAVAILABLE, lastsMs: 6000 },
  { name: 'flapping', begin: acts(() => flapping(reset, 2000)), codes: UNAVAILABLE, lastsMs: 12_000 },
];
