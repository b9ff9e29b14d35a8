// Telephones: outbound trunks, calls into rooms, tones. A call rings until it is answered, or nobody does in time;
// who answers joins the room as a peer of the type `sip`.
import type { Clock } from '../../clock.ts';
import { Ids } from '../ids.ts';
import type { PeerRecord } from '../records.ts';
import { wait } from '../wait.ts';

/** How long a call rings before it is given up; the vendor documents none. */
const RINGING_MS = 30_000;
const MAX_TONES = 1000;

export interface TrunkRecord {
  readonly id: string;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly address: string | undefined;
  readonly from: string | undefined;
}

/** Tones that were sent to the telephones in a room. */
export interface Tones {
  readonly roomId: string;
  readonly digits: string;
  readonly peerIds: readonly string[];
}

export class Sip {
  /** After how many milliseconds those who are called answer; Infinity: never. */
  answerMs = 2000;
  readonly #clock: Clock;
  readonly #ids: Ids;
  readonly #trunks = new Map<string, TrunkRecord>();
  readonly #over = new AbortController();
  #tones: readonly Tones[] = [];

  constructor(seed: number, clock: Clock) {
    this.#clock = clock;
    this.#ids = new Ids(`sip:${seed}`);
  }

  /** By id. */
  get trunks(): ReadonlyMap<string, TrunkRecord> {
    return this.#trunks;
  }

  /** Oldest first. */
  get tones(): readonly Tones[] {
    return this.#tones;
  }

  createTrunk(settings: Omit<TrunkRecord, 'id'>): TrunkRecord {
    return this.#keep({ id: this.#ids.objectId(), ...settings });
  }

  /** Changes what is given; undefined if there is no such trunk. */
  updateTrunk(trunkId: string, settings: Partial<Omit<TrunkRecord, 'id'>>): TrunkRecord | undefined {
    const trunk = this.#trunks.get(trunkId);
    return trunk && this.#keep({ ...trunk, ...settings });
  }

  /** Rings; `onAnswer` runs when somebody answers. Brings the call's id, or undefined if nobody did. */
  async call(onAnswer: () => void): Promise<string | undefined> {
    const isAnswered = await wait(this.#clock, Math.min(this.answerMs, RINGING_MS), this.#over.signal);
    if (!isAnswered || this.answerMs > RINGING_MS) return undefined;
    onAnswer();
    return this.#ids.objectId();
  }

  /** Sends tones to those of the peers who are telephones. */
  sendTones(roomId: string, peers: readonly PeerRecord[], digits: readonly string[]): void {
    const peerIds = peers.filter(({ type }) => type === 'sip').map(({ id }) => id);
    this.#tones = [...this.#tones, { roomId, digits: digits.join(''), peerIds }].slice(-MAX_TONES);
  }

  /** Ends the calls that ring. */
  dispose(): void {
    this.#over.abort();
  }

  #keep(trunk: TrunkRecord): TrunkRecord {
    this.#trunks.set(trunk.id, trunk);
    return trunk;
  }
}
