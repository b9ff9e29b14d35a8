// The state of the live list: the people in the room, the latest events, the chosen peer, and the question at the bottom. It does
// not depend on a terminal: keys and events change it, and frame.ts draws it.
import { noPeers, reducePeers, type PeersStateOf } from '../../../packages/client/src/peers.ts';
import { sentenceOf, type RoomEvent, type WatchedPeer } from './events.ts';

/** How many events are kept: the list shows at most these. */
const KEPT_EVENTS = 50;

/** The question in the last line. */
export type Question =
  | { readonly kind: 'remove'; readonly peer: WatchedPeer }
  | {
      readonly kind: 'role';
      readonly peer: WatchedPeer;
      readonly roles: readonly string[];
      readonly at: number;
    };

/** The state of the live list. */
export class RoomView {
  readonly room: { readonly name: string; readonly id: string };
  #state: PeersStateOf<RoomEvent> = noPeers;
  #happened: { readonly at: string; readonly text: string }[] = [];
  #chosenId: string | null = null;
  /** The place of the chosen peer: if it leaves, the peer that then has this place is chosen. */
  #chosenAt = 0;
  isConnected = true;
  question: Question | null = null;
  /** The result of the last action; null: none. */
  notice: string | null = null;

  constructor(room: { readonly name: string; readonly id: string }) {
    this.room = room;
  }

  get peers(): readonly WatchedPeer[] {
    return this.#state.peers;
  }

  get state(): PeersStateOf<RoomEvent> {
    return this.#state;
  }

  /** What happened, the latest first. */
  get happened(): readonly { readonly at: string; readonly text: string }[] {
    return this.#happened;
  }

  /** The place of the chosen peer; -1: the room is empty. */
  get chosenAt(): number {
    const at = this.peers.findIndex(({ id }) => id === this.#chosenId);
    return at >= 0 ? at : Math.min(this.#chosenAt, this.peers.length - 1);
  }

  get chosen(): WatchedPeer | null {
    return this.peers[this.chosenAt] ?? null;
  }

  /** Updates the view by an event of the subscription. */
  take(event: RoomEvent): void {
    const place = this.chosenAt;
    this.#state = reducePeers(this.#state, event);
    this.#chosenAt = Math.max(place, 0);
    const text = sentenceOf(event);
    if (text !== null) this.#happened = [{ at: event.at, text }, ...this.#happened].slice(0, KEPT_EVENTS);
    const { question } = this;
    // A peer who has left cannot be removed and gets no role.
    if (question !== null && !this.peers.some(({ id }) => id === question.peer.id)) this.question = null;
  }

  /** Chooses the peer so many places further down; up if negative. */
  move(places: number): void {
    const at = Math.min(Math.max(this.chosenAt + places, 0), this.peers.length - 1);
    this.#chosenId = this.peers[at]?.id ?? null;
    this.#chosenAt = Math.max(at, 0);
  }
}
