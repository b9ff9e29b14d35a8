// The log of one feed on one instance of several. Exactly one instance leads a log at a time: it writes its conclusions, and
// the others follow: they get them. Only the store decides which instance leads (log-store.ts). The states of this log:
//   out      the feed has no subscribers here
//   joining  it asks the store which instance leads, and catches up with the events that it has missed; messages wait
//   leading  the feed makes the reads here; subscribers get each conclusion when it is written
//   follows  another instance makes them
//   alone    the store is unavailable: the feed makes its own reads, and numbers events under its own epoch
// Every doubt (a gap in the numbers, a lease that has ended, a write without an answer) leads to `joining`. Catching up then sends
// subscribers the difference between their state and the stored one, so no change is lost or sent twice.
import type { Position } from '../../live/log/cursor.ts';
import type { Codec, Conclusion, LogHost, SharedLog } from '../../live/log/shared-log.ts';
import { CatchingUp } from './catching-up.ts';
import type { JoinedLog, LogSurroundings } from './log-surroundings.ts';
import type { StoredLog } from './log-store.ts';
import { LogWriter } from './log-writer.ts';
import { decodeMessage, isConclusionOf } from './messages.ts';
import type { ConfirmedMessage, Message, ToldMessage } from './messages.ts';
import { Resuming } from './resuming.ts';

/** How long after a failure of the store the log is asked for again, in milliseconds. */
const RETRY_MS = 200;

type State = 'out' | 'joining' | 'leading' | 'follows' | 'alone';

/** One instance for each feed. */
export class FleetLog<S, E> implements SharedLog<S, E>, JoinedLog {
  readonly scope: string;
  readonly #host: LogHost<S, E>;
  readonly #codec: Codec<S, E>;
  readonly #around: LogSurroundings;
  readonly #catchingUp: CatchingUp<S, E>;
  readonly #resuming: Resuming<S, E>;
  #state: State = 'out';
  /** Grows whenever what was begun before counts for nothing any more. */
  #turn = 0;
  /** Who leads, as far as a follower knows; empty: nobody. */
  #owner = '';
  /** Null while this instance does not lead. */
  #writer: LogWriter<S, E> | null = null;
  /** Messages that came while this log caught up; null: it does not. */
  #waiting: Message[] | null = null;
  /** Resolves when the last write or release has ended. Never rejects. */
  #writing: Promise<unknown> = Promise.resolve();
  #cancelWait = () => {};

  constructor(scope: string, host: LogHost<S, E>, codec: Codec<S, E>, around: LogSurroundings) {
    this.scope = scope;
    this.#host = host;
    this.#codec = codec;
    this.#around = around;
    this.#catchingUp = new CatchingUp(scope, host, codec, around);
    this.#resuming = new Resuming(scope, host, codec, around);
  }

  /** See SharedLog. */
  get isLeading(): boolean {
    return this.#state === 'leading' || this.#state === 'alone';
  }

  /** See JoinedLog. */
  get canBeHandedOver(): boolean {
    return this.#state === 'leading' && (this.#writer?.joined ?? 1) > 1;
  }

  /** See SharedLog. */
  join(): void {
    this.#around.onJoin(this);
    if (this.#around.isConnected()) this.#enter();
    else this.#goAlone();
  }

  /** See SharedLog. */
  leave(): void {
    // Also where the store was not reached lately: it may still say that this instance leads.
    const mayLead = this.#state !== 'follows';
    this.#to('out');
    this.#waiting = null;
    void this.#around.store.leave(this.scope);
    if (mayLead) this.#release();
    this.#around.onLeave(this);
  }

  /** See JoinedLog. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  /** See SharedLog. */
  commit(conclusion: Conclusion<S, E>): true | Promise<boolean> {
    const writer = this.#writer;
    if (this.#state === 'alone' || writer?.confirm(conclusion) === true) return true;
    const written = this.#writing.then(() => this.#write(writer, conclusion));
    this.#writing = written;
    return written;
  }

  /** See SharedLog. */
  reachBack(position: Position): Promise<void> | null {
    const isShared = this.#state === 'leading' || this.#state === 'follows';
    return isShared ? this.#resuming.reachBack(position) : null;
  }

  /** See JoinedLog. */
  onConfirmed({ from, epoch, seq, asOf, agoMs, shownMutation }: ConfirmedMessage): void {
    if (this.#state !== 'follows' || this.#owner !== from) return;
    const { position } = this.#host;
    if (!position.epoch.startsWith(epoch) || seq > position.seq) this.#enter();
    else if (seq === position.seq) this.#host.apply({ events: [], asOf, agoMs, stale: false, shownMutation });
  }

  /** See JoinedLog. */
  onMembers(): void {
    if (this.#state === 'follows' && !this.#around.isMember(this.#owner)) this.#takeSoon(this.#owner);
  }

  /** See JoinedLog. */
  onConnection(isConnected: boolean): void {
    if (this.#state === 'out') return;
    if (isConnected) this.#enter();
    else this.#goAlone();
  }

  /** See JoinedLog. */
  handOver(): void {
    if (this.#state !== 'leading') return;
    this.#to('follows');
    this.#owner = '';
    this.#host.follow();
    this.#release();
    // If none of them takes it, this one does.
    this.#takeSoon(null, 2 * this.#around.memberTtlMs);
  }

  #to(state: State): number {
    this.#cancelWait();
    const hadLease = this.#state === 'leading';
    const hasLease = state === 'leading';
    this.#state = state;
    if (hasLease !== hadLease) this.#around.onLease(hasLease);
    if (state !== 'leading') {
      this.#writer = null;
      this.#around.confirmations.drop(this.scope);
    }
    this.#turn += 1;
    return this.#turn;
  }

  #goAlone(): void {
    if (this.#state !== 'out' && this.#state !== 'alone') this.#host.follow();
    const isNew = this.#state !== 'alone';
    this.#to('alone');
    this.#waiting = null;
    if (isNew) this.#host.lead(true);
  }

  /** Joins, or joins anew. `dead`: an instance whose lease counts for nothing, because it is gone. */
  #enter(dead: string | null = null): void {
    // An instance that is alone goes on until it knows who leads.
    const wasAlone = this.#state === 'alone';
    if (this.#state === 'leading') this.#host.follow();
    const turn = this.#to(wasAlone ? 'alone' : 'joining');
    this.#waiting = [];
    void this.#catchUp(() => turn === this.#turn, dead);
  }

  async #catchUp(isCurrent: () => boolean, dead: string | null): Promise<void> {
    const { store, me } = this.#around;
    try {
      await store.join(this.scope, (text) => this.#hear(text));
      if (!isCurrent()) return;
      const stored = await store.take(this.scope, me, dead).finally(() => this.#onTaken());
      if (!isCurrent()) return;
      const mustWait = await this.#catchingUp.mustWait(stored);
      if (!isCurrent()) return;
      if (mustWait) return this.#enterLater(stored.owner);
      if (this.#state === 'alone') this.#host.follow();
      this.#state = 'joining';
      const log = await this.#catchingUp.run(stored, isCurrent);
      if (log !== null) this.#settle(log);
    } catch {
      if (isCurrent()) this.#enterLater();
    }
  }

  /**
   * A take may be carried out after a release that was sent behind it: when the script was new to the store, or without an
   * answer.
   */
  #onTaken(): void {
    if (this.#state === 'out') this.#around.onUnreleased(this.scope);
  }

  /** `leader`: the instance that was asked to read first. */
  #enterLater(leader = this.#around.me): void {
    const { isConnected, isMember, memberTtlMs, wait } = this.#around;
    this.#cancelWait();
    // If the store is away by then, the log will be told when it is back. A leader that is no member then is dead.
    const enter = () => isConnected() && this.#enter(isMember(leader) ? null : leader);
    this.#cancelWait = wait(enter, isMember(leader) ? RETRY_MS : memberTtlMs / 2);
  }

  #settle(log: StoredLog): void {
    const { me } = this.#around;
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    if (log.owner === me) {
      this.#lead(log);
      return;
    }
    this.#owner = log.owner;
    this.#to('follows');
    this.#host.follow();
    for (const message of waiting) this.#on(message);
    if (this.#state === 'follows') this.#onLead(this.#owner);
  }

  #onLead(owner: string): void {
    const { isMember, memberTtlMs } = this.#around;
    this.#owner = owner;
    // An instance that this one has not heard of: it has just come, or it is dead.
    if (owner !== '' && !isMember(owner)) this.#takeSoon(owner, memberTtlMs / 2);
  }

  #lead(log: StoredLog): void {
    const turn = this.#to('leading');
    const onRefused = () => turn === this.#turn && this.#enter();
    const { scope } = this;
    this.#writer = new LogWriter({ scope, codec: this.#codec, around: this.#around, log, onRefused });
    if (log.asOf === null) this.#host.begin({ epoch: log.epoch, seq: log.seq });
    this.#host.lead(false);
  }

  #hear(text: string): void {
    if (isConclusionOf(this.#around.me, text)) return;
    const message = decodeMessage(text);
    if (this.#waiting !== null) this.#waiting.push(message);
    else this.#on(message);
  }

  #on(message: Message): void {
    if (message.from === this.#around.me) return;
    const isShared = this.#state === 'follows' || this.#state === 'leading';
    if (isShared && message.kind === 'note') {
      if (message.note.kind === 'read') this.#writer?.hurry();
      this.#host.hear(message.note);
    }
    // A leader hears of another one only late: what was told before it took the lead, or after its lease was over, which its next
    // write shows.
    if (this.#state !== 'follows') return;
    if (message.kind === 'told') this.#onTold(message);
    else if (message.kind === 'lead') this.#onLead(message.from);
    else if (message.kind === 'free' && (this.#owner === message.from || this.#owner === '')) this.#onFree();
  }

  #onTold(message: ToldMessage): void {
    const { epoch, seq } = this.#host.position;
    if (message.epoch !== epoch || message.seq > seq) {
      this.#enter();
    } else if (message.seq === seq) {
      this.#catchingUp.apply(message);
      this.#resuming.onTold();
    }
  }

  #onFree(): void {
    this.#owner = '';
    this.#takeSoon(null);
  }

  /** Tries to lead, unless somebody else does by then. */
  #takeSoon(dead: string | null, delayMs = this.#around.patienceMs()): void {
    this.#cancelWait();
    this.#cancelWait = this.#around.wait(() => {
      const isFree = this.#owner === '' || (this.#owner === dead && !this.#around.isMember(dead));
      if (this.#state === 'follows' && isFree) this.#enter(dead);
    }, delayMs);
  }

  /** `writer`: that of the lease under which this was concluded. */
  async #write(writer: LogWriter<S, E> | null, conclusion: Conclusion<S, E>): Promise<boolean> {
    if (writer === null || writer !== this.#writer) return false;
    const turn = this.#turn;
    const isWritten = await writer.write(conclusion).catch(() => false);
    if (turn !== this.#turn) return false;
    // The lease is over, or whether the entry was written is not known.
    if (!isWritten) this.#enter();
    return isWritten;
  }

  /** After the writes that are under way. */
  #release(): void {
    const { onUnreleased, store, me } = this.#around;
    this.#writing = this.#writing
      .then(() => store.release(this.scope, me))
      .catch(() => onUnreleased(this.scope));
  }
}
