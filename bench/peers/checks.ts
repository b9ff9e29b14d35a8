// Compares the answers of targets with the upstream's data.
import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { request } from 'undici';
import { readAnswer, requestOf } from './dialects/dialect.ts';
import type { Status } from './upstream.ts';
import type { Target } from './targets.ts';
import { OWN_INSTANT, expectedAnswer, type AnsweredPeer, type Ask, type Workload } from './workloads.ts';
import { FIRST_VERSION } from './workspace.ts';

/** How many answers of a workload are compared before it is timed. */
const COMPARED = 8;
/** The pause between two answers that are compared during the load, in milliseconds. */
const SAMPLE_MS = 100;
let instant = 0;

/**
 * Compares the answers to several asks of a workload. If peers change at every answer, each answer must show peers that are
 * newer than its request. Rejects with the first difference.
 */
export async function compareAnswers(
  target: Target,
  workload: Workload,
  status: () => Promise<Status>,
): Promise<void> {
  const { asks } = workload;
  const step = Math.max(1, Math.floor(asks.length / COMPARED));
  for (const ask of asks.filter((_, index) => index % step === 0)) {
    const { version } = await status();
    const versions = await compareAnswer(target, workload, ask);
    if (workload.isChanging && !versions.every((each) => each > version)) {
      throw new Error(`${target.name} showed peers from before the request`);
    }
  }
}

/** Compares the answer to one ask. Returns the versions of its peers, one for each room. */
export async function compareAnswer(
  target: Target,
  { name, isChanging }: Workload,
  ask: Ask,
): Promise<number[]> {
  const { path, body } = requestOf(target.dialect, ask);
  // In milliseconds since the Unix epoch; the load begins later, see load.lua.
  instant += 1;
  const own = new Date(instant).toISOString();
  // Unlike `fetch`, this asks for no compression, as wrk does not.
  const response = await request(target.url + path.replace(OWN_INSTANT, own), {
    method: body === undefined ? 'GET' : 'POST',
    headers: target.headers,
    ...(body === undefined ? {} : { body: body.replace(OWN_INSTANT, own) }),
  });
  const text = await response.body.text();
  const fault = (what: string) => new Error(`${target.name} ${what} in ${name}: ${text.slice(0, 500)}`);
  if (response.statusCode !== 200) throw fault(`answered with ${response.statusCode}`);
  const answer = readAnswer(target.dialect, ask, JSON.parse(text));
  const versions = versionsIn(ask, answer);
  if (!versions.every((version) => (isChanging ? version > FIRST_VERSION : version === FIRST_VERSION))) {
    throw fault(`showed peers of the wrong versions ${versions.join(', ')}`);
  }
  if (!isDeepStrictEqual(answer, expectedAnswer(ask, versions))) {
    throw fault("gave an answer that differs from the upstream's data");
  }
  return versions;
}

/** The version of the first peer of each room in an answer; the comparison shows whether its other peers have it too. */
function versionsIn(ask: Ask, answer: unknown): number[] {
  // Another shape is a difference, which the comparison finds.
  if (ask.kind === 'peers') return [versionOf(answer as readonly AnsweredPeer[])];
  if (ask.kind !== 'liveRooms') return [];
  return (answer as readonly { peers: readonly AnsweredPeer[] }[]).map(({ peers }) => versionOf(peers));
}

function versionOf(peers: readonly AnsweredPeer[]): number {
  return Number(/"version":(\d+)/.exec(peers[0]?.metadata ?? '')?.[1]);
}

/** Compares one answer after another, with a pause between them, until the signal. Rejects with the first fault. */
export async function sampleAnswers(
  target: Target,
  workload: Workload,
  sampler: { count: number },
  signal: AbortSignal,
): Promise<void> {
  const { asks } = workload;
  while (!signal.aborted) {
    const ask = asks[(sampler.count * 37) % asks.length];
    if (ask !== undefined) await compareAnswer(target, workload, ask);
    sampler.count += 1;
    await wait(SAMPLE_MS, null, { signal }).catch(() => {});
  }
}
