// SIP telephony: outbound trunks, calls and tones. A call rings until it is answered or the ringing time is over. A
// person who answers joins the room as a peer of type `sip`.
import type { Clock } from '../../clock.ts';
import { Ids } from '../ids.ts';
import type { PeerRecord } from '../records.ts';
import { wait } from '../wait.ts';

/** A call that is not answered within this time fails. The vendor does not document a limit. */
const RINGING_MS = 30_000;
/** Beyond this the oldest tones are forgotten. */
const MAX_TONES = 1000;

/** An outbound trunk; it contains the provider's credentials. */
export interface TrunkRecord {
  readonly id: string;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly address: string | undefined;
  readonly from: string | undefined;
}

/** DTMF tones that were sent to the telephones in a room. */
export interface Tones {
  readonly roomId: string;
  /** Such as `12#`. */
  readonly digits: string;
  readonly peerIds: readonly string[];
}

/** Holds the trunks and the sent tones, and lets calls ring. */
export class Sip {
  /** Time until a called person answers, in milliseconds. Infinity: never. Default 2000. */
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

  /** Creates a trunk. */
  createTrunk(settings: Omit<TrunkRecord, 'id'>): TrunkRecord {
    return this.#keep({ id: this.#ids.objectId(), ...settings });
  }

  /** Changes the given settings; undefined if the trunk is unknown. */
  updateTrunk(trunkId: string, settings: Partial<Omit<TrunkRecord, 'id'>>): TrunkRecord | undefined {
    const trunk = this.#trunks.get(trunkId);
    return trunk && this.#keep({ ...trunk, ...settings });
  }

  /** Rings, and runs `onAnswer` when the call is answered. Resolves to the call's id; undefined if nobody answered. */
  async call(onAnswer: () => void): Promise<string | undefined> {
    const isAnswered = await wait(this.#clock, Math.min(this.answerMs, RINGING_MS), this.#over.signal);
    if (!isAnswered || this.answerMs > RINGING_MS) return undefined;
    onAnswer();
    return this.#ids.objectId();
  }

  /** Records tones sent to those peers that are telephones. */
  sendTones(roomId: string, peers: readonly PeerRecord[], digits: readonly string[]): void {
    const peerIds = peers.filter(({ type }) => type === 'sip').map(({ id }) => id);
    this.#tones = [...this.#tones, { roomId, digits: digits.join(''), peerIds }].slice(-MAX_TONES);
  }

  /** Ends all ringing calls unanswered. */
  dispose(): void {
    this.#over.abort();
  }

  #keep(trunk: TrunkRecord): TrunkRecord {
    this.#trunks.set(trunk.id, trunk);
    return trunk;
  }
}
