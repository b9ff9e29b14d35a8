// Subscriptions whose first read of the REST API has one fault: the first event arrives all the same, once the API answers
// again, and lacks at most the faulty element.
import { setTimeout as realTurn } from 'node:timers/promises';
import { watchAnswer } from '../canary.ts';
import { chosen, faultFor, NOT_APPLIED, type Applied, type Choice } from './choice.ts';
import { startLab, type Lab } from './lab.ts';
import { resultBreaches } from './laws.ts';
import type { Trial } from './reads.ts';
import { furnish, type Subjects } from './world.ts';

/** Turns of 100 ms of the gateway's time in which the first event must come: longer than the slowest poll. */
const MOST_TURNS = 600;
const TURN_MS = 100;
/** How often a trial waits for a request in flight, each time for a millisecond or more. */
const MOST_WAITS = 300;
/** Turns after which each waits for the network, too: a request that was just sent is in no ledger yet. */
const PATIENT_TURNS = 30;

type Known = Omit<Subjects, 'workflow'>;

interface Watch {
  readonly name: string;
  readonly document: (subjects: Known) => string;
  /** The endpoints that its first read calls. */
  readonly endpoints: readonly string[];
  /** The endpoint that the elements of its snapshot come from. */
  readonly elementsOf: string;
}

const watches: readonly Watch[] = [
  {
    name: 'peerChanges',
    document: ({ room }) => `subscription { peerChanges(roomId: "${room}") {
      __typename cursor at ... on PeersSnapshot { stale peers { id hmsId name role metadata Peer_joinedAt: joinedAt userId } session { id } }
    } }`,
    endpoints: ['listActivePeers', 'getActiveRoom', 'listSessions'],
    elementsOf: 'listActivePeers',
  },
  {
    name: 'trackChanges',
    document: ({ room }) => `subscription { trackChanges(roomId: "${room}") {
      __typename cursor at asOf ... on TracksSnapshot { stale peerTracks { asOf peer { id hmsId name } tracks { type } } }
    } }`,
    endpoints: ['listActivePeers', 'getActiveRoom', 'listSessions', 'getTemplate', 'getActivePeer'],
    elementsOf: 'listActivePeers',
  },
  {
    name: 'sessionChanges',
    document: () => `subscription { sessionChanges {
      __typename cursor at ... on SessionsSnapshot { stale sessions { id hmsId Session_startedAt: startedAt } }
    } }`,
    endpoints: ['listSessions'],
    elementsOf: 'listSessions',
  },
];

interface FirstEvent {
  readonly text: string;
  /** The elements of a snapshot, as texts. */
  readonly elements: readonly string[];
  readonly isStale: boolean;
}

/** How many elements of a good event are missing from `elements`. */
function lostOf(good: FirstEvent, elements: readonly string[]): number {
  return good.elements.filter((element) => !elements.includes(element)).length;
}

/** Subscriptions of one lab. */
export class FaultyWatches implements AsyncDisposable {
  readonly #lab: Lab<Known>;
  readonly #good = new Map<Watch, FirstEvent>();

  private constructor(lab: Lab<Known>) {
    this.#lab = lab;
  }

  static async start(): Promise<FaultyWatches> {
    return new FaultyWatches(await startLab('demo', furnish));
  }

  async try(choice: Choice): Promise<Trial> {
    const watch = chosen(watches, choice.operation);
    const good = this.#good.get(watch) ?? (await this.#firstEvent(watch));
    this.#good.set(watch, good);
    const endpoint = chosen(watch.endpoints, choice.endpoint);
    const applied: Applied = { name: NOT_APPLIED, mostLost: null };
    const { faults } = this.#lab.tested.sandbox;
    faults.set(endpoint, faultFor(choice.fault, { endpoint, times: 1, call: 0 }, applied), { times: 1 });
    const about = () => `${watch.name}, ${endpoint}, ${applied.name}`;
    try {
      const { text, elements, isStale } = await this.#firstEvent(watch);
      const breaches = resultBreaches(text);
      const most = endpoint === watch.elementsOf ? applied.mostLost : null;
      const lost = lostOf(good, elements);
      if (!isStale && most !== null && lost > most && (await this.#stillThere(watch, elements)) > most)
        breaches.push(`${lost} elements are lost`);
      return { about: about(), breaches, isFaulty: applied.name !== NOT_APPLIED };
    } catch (error) {
      return { about: about(), breaches: [String(error)], isFaulty: true };
    } finally {
      faults.clear();
    }
  }

  /** How many elements a faultless first event has beside these: a session may have reached the end of its time meanwhile. */
  async #stillThere(watch: Watch, elements: readonly string[]): Promise<number> {
    this.#lab.tested.sandbox.faults.clear();
    const good = await this.#firstEvent(watch);
    this.#good.set(watch, good);
    return lostOf(good, elements);
  }

  /** Subscribes anew, lets the gateway's time go on until the first event, and leaves. */
  async #firstEvent(watch: Watch): Promise<FirstEvent> {
    const { tested, clock, subjects } = this.#lab;
    await this.#lab.forget();
    tested.sandbox.ledger.clear();
    const leaving = new AbortController();
    const response = await tested.gateway.graphql.fetch('http://gateway.test/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query: watch.document(subjects) }),
      signal: leaving.signal,
    });
    const reading = firstData(response.body);
    const waiting = { done: false };
    const end = () => {
      waiting.done = true;
    };
    reading.then(end, end);
    let [turns, patience] = [0, MOST_WAITS];
    while (turns < MOST_TURNS && !waiting.done) {
      // Time goes on only while no request is in flight, as the network has a time of its own. A broken connection stays
      // in the ledger without a status, so there is an end to the patience.
      const isCalling = tested.sandbox.ledger.entries.some(({ status }) => status === undefined);
      const waits = isCalling && patience > 0;
      await (waits ? realTurn(1) : clock.advance(TURN_MS));
      if (waits) patience -= 1;
      else turns += 1;
      await realTurn(turns > PATIENT_TURNS ? 5 : 0);
    }
    if (!waiting.done) throw new Error(`no event within ${(MOST_TURNS * TURN_MS) / 1000} s`);
    const text = await reading;
    watchAnswer(text);
    return eventOf(text);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#lab[Symbol.asyncDispose]();
  }
}

/** The data of the first event of a stream, after which the stream is cancelled. */
async function firstData(body: ReadableStream<Uint8Array> | null): Promise<string> {
  const reader = body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const part = await reader?.read();
    if (part === undefined || part.done) throw new Error(`the stream ended after ${text.slice(0, 300)}`);
    text += decoder.decode(part.value, { stream: true });
    const data = /^data: ?([^\n]+)\n/m.exec(text)?.[1];
    if (data === undefined) continue;
    await reader?.cancel();
    return data;
  }
}

function eventOf(text: string): FirstEvent {
  const { data } = JSON.parse(text) as { readonly data?: Readonly<Record<string, unknown>> | null };
  const [event] = Object.values(data ?? {});
  const { peers, peerTracks, sessions, stale } = Object(event);
  const elements: readonly unknown[] = peers ?? peerTracks ?? sessions ?? [];
  return { text, elements: elements.map((element) => JSON.stringify(element)), isStale: stale === true };
}
