// The faults of the REST API that a soak switches on.
import type { Fault } from '../../src/sandbox/http/faults.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { between, oneOf, type Random } from './random.ts';

const OPERATIONS = [
  '*',
  'listActivePeers',
  'listActivePeers',
  'getActiveRoom',
  'listSessions',
  'listRooms',
  'getRoom',
  'listTemplates',
];

const FAULTS: readonly Fault[] = [
  { kind: 'status', status: 500 },
  { kind: 'status', status: 502, body: '<html><body>Bad Gateway</body></html>' },
  { kind: 'status', status: 503 },
  { kind: 'status', status: 401 },
  { kind: 'status', status: 429, headers: { 'retry-after': '1' } },
  { kind: 'status', status: 429, body: { code: 429, message: 'rate limit exceeded, retry after 2 seconds' } },
  { kind: 'hang' },
  { kind: 'hang-mid-body' },
  { kind: 'reset' },
  { kind: 'short' },
  { kind: 'cut' },
  { kind: 'empty' },
  { kind: 'drip', bytes: 20, everyMs: 50 },
  { kind: 'huge' },
  { kind: 'redirect', location: 'http://127.0.0.1:9/' },
  { kind: 'latency', ms: 400 },
];

/** Switches on a random fault for the next 1 to 5 requests of a random operation. */
export function addFault({ faults }: Sandbox, random: Random): void {
  faults.set(oneOf(random, OPERATIONS), oneOf(random, FAULTS), { times: between(random, 1, 5) });
}

/** Makes every request fail until the faults are cleared. */
export function breakAll({ faults }: Sandbox): void {
  faults.set('*', { kind: 'status', status: 503 });
}
