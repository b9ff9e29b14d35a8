// The session check of a fleet. The member with the lowest id makes it for all, so no lease is needed: while members join and
// leave, two instances may make it, which costs an additional request but does no harm, because a check only causes leaders to
// read. Each instance stores the rooms that it needs to know about in its own set.
import type { CheckAnswer, CheckListener, CheckShare, Wanted } from '../../live/sessions/check-share.ts';
import { BEATS_PER_TTL, type Fleet } from '../fleet.ts';

/** What the checks need of a fleet. */
export type CheckFleet = Pick<
  Fleet,
  | 'id'
  | 'prefix'
  | 'isConnected'
  | 'members'
  | 'memberTtlMs'
  | 'onConnection'
  | 'onMembers'
  | 'onBeat'
  | 'command'
  | 'broadcast'
  | 'onBroadcast'
>;

/** In the set of what an instance wants: the sessions of the whole workspace. No room has this id. */
const WORKSPACE = '*';
/** A set is kept this many times as long as a member without a heartbeat. */
const TTLS_KEPT = 4;

/** One for each process. */
export class SharedChecks implements CheckShare {
  readonly #fleet: CheckFleet;
  readonly #wants = new Set<string>();
  readonly #ends: (() => void)[];
  #listener: CheckListener | null = null;
  /** The instance that told last that it begins a check. */
  #begunBy = '';
  #beats = 0;

  constructor(fleet: CheckFleet) {
    this.#fleet = fleet;
    const changed = () => this.#listener?.onTurn();
    this.#ends = [
      fleet.onMembers(changed),
      fleet.onBeat(() => this.#renew()),
      fleet.onConnection((isConnected) => {
        if (isConnected) this.#writeAll();
        changed();
      }),
      fleet.onBroadcast('check-begin', (_, from) => {
        this.#begunBy = from;
        this.#listener?.onBegin();
      }),
      fleet.onBroadcast('check-answer', (answer, from) => {
        // An instance that was paused may tell an answer from before the check that began last.
        if (from !== this.#begunBy) return;
        // Written by `tell` of another instance with the same format.
        this.#listener?.onAnswer(answer as CheckAnswer);
      }),
      fleet.onBroadcast('check-wish', (delayMs) => this.#listener?.onWish(Number(delayMs))),
    ];
  }

  /** See CheckShare. */
  get isOurs(): boolean {
    const { id, members } = this.#fleet;
    return members[0] === undefined || members[0].id === id;
  }

  /** See CheckShare. */
  get hasOthers(): boolean {
    return this.#fleet.members.length > 1;
  }

  /** See CheckShare. */
  listen(listener: CheckListener): void {
    this.#listener = listener;
  }

  /** See CheckShare. */
  want(roomId: string | null, isWanted: boolean): void {
    const name = roomId ?? WORKSPACE;
    if (isWanted) this.#wants.add(name);
    else if (!this.#wants.delete(name)) return;
    this.#send(isWanted ? 'SADD' : 'SREM', this.#keyOf(this.#fleet.id), name);
  }

  /** See CheckShare. */
  async wanted(): Promise<Wanted> {
    const { id, members, command } = this.#fleet;
    const others = members.filter((member) => member.id !== id);
    try {
      // The answer of SMEMBERS.
      const sets = (await Promise.all(
        others.map((member) => command.call(this.#fleet, 'SMEMBERS', this.#keyOf(member.id))),
      )) as string[][];
      const wants = new Set(sets.flat());
      const workspace = wants.delete(WORKSPACE);
      return { roomIds: [...wants], workspace };
    } catch {
      return { roomIds: [], workspace: false };
    }
  }

  /** See CheckShare. */
  wish(delayMs: number): void {
    this.#tell('check-wish', delayMs);
  }

  /** See CheckShare. */
  async begin(): Promise<void> {
    if (this.hasOthers) await this.#fleet.broadcast('check-begin', null).catch(() => {});
  }

  /** See CheckShare. */
  tell({ asked, sessions, failed }: CheckAnswer): void {
    // Without the joins, of which a session has thousands.
    const short = sessions?.map(({ id, room_id, created_at }) => ({ id, room_id, created_at })) ?? null;
    if (this.hasOthers) this.#tell('check-answer', { asked, sessions: short, failed } satisfies CheckAnswer);
  }

  /** Takes back what this instance wants. */
  close(): void {
    for (const end of this.#ends) end();
    this.#send('DEL', this.#keyOf(this.#fleet.id));
  }

  #keyOf(id: string): string {
    return `${this.#fleet.prefix}wants:${id}`;
  }

  /** Keeps the set, once in the time to live of a member. */
  #renew(): void {
    this.#beats += 1;
    if (this.#wants.size === 0 || this.#beats % BEATS_PER_TTL !== 0) return;
    const { id, memberTtlMs } = this.#fleet;
    this.#send('PEXPIRE', this.#keyOf(id), memberTtlMs * TTLS_KEPT);
  }

  #writeAll(): void {
    if (this.#wants.size > 0) this.#send('SADD', this.#keyOf(this.#fleet.id), ...this.#wants);
  }

  #tell(kind: string, data: unknown): void {
    // Whoever has not heard it hears the next one.
    if (this.#fleet.isConnected) this.#fleet.broadcast(kind, data).catch(() => {});
  }

  #send(name: string, ...args: readonly (string | number)[]): void {
    // What could not be written is written when Redis is back.
    if (this.#fleet.isConnected) this.#fleet.command(name, ...args).catch(() => {});
  }
}
