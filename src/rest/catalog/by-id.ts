// Reads many objects of one type by their ids, with as few requests as possible: from the cache, by reading the list page by
// page, or one by one. The choice depends only on the ids and on the number of pages known so far. So callers that need the same
// ids at the same time send the same requests, and the client merges these.
import type { CallOptions } from '../client/client.ts';
import { isUpstreamOut, RestBadResponseError, RestError, RestNotFoundError } from '../errors.ts';
import type { Kept } from './kept.ts';
import { staleObject, type OnStale, type StaleObject } from './stale.ts';
import type { Written } from './written.ts';
import type { FetchPage } from '../shapes/pages.ts';
import { idOf, walkPages } from '../shapes/pages.ts';

/** Result by key: the resource, null when it does not exist, or the error of this key. */
export type ByKey<T> = Map<string, T | null | RestError>;

/**
 * The result of a look-up in the cache. `stale`: answered from the cache and refreshed in the background. `outage`: follows a
 * `miss`, answered with the last known version because the upstream is out.
 */
export type LookUp = 'fresh' | 'stale' | 'miss' | 'outage';

/** How objects of one type are read. */
export interface Kind<T> {
  readonly type: StaleObject['type'];
  /** Reads one; rejects with `RestNotFoundError` when it does not exist. */
  get(id: string, options: CallOptions): Promise<T>;
  /** Reads a page of the list of all objects. */
  list(options: CallOptions): FetchPage<T>;
  /** Assumed number of pages until the list has been walked; null if unknown. */
  readonly expectedPages: number | null;
  /** Called at each look-up in the cache. Must not throw. Default: not called. */
  readonly onLookUp?: ((result: LookUp) => void) | undefined;
}

/** The recent writes, to apply them to reads. */
type Laid<T extends object> = Pick<Written<T, never>, 'over' | 'read'>;

/** While the number of pages is unknown, walk the list if at least this many ids are asked for. */
const PROBE_FROM = 4;
/** Stop walking when the pages read exceed the ids found by this number: a walk may cost so many calls more than single reads. */
const WALK_SLACK = 2;

/** Reads by id over a cache. Learns from each walk how many pages the list has. */
export class ById<T extends { readonly id: string }> {
  readonly #kind: Kind<T>;
  readonly #kept: Kept<T>;
  readonly #written: Laid<T>;
  readonly #revalidating = new Set<string>();
  /** Stale ids that `known` has answered in this turn of the event loop. */
  readonly #stale = new Set<string>();
  #pages: number | null;

  /** `written`: laid over everything that is read, so that no cached object contradicts a recent write. */
  constructor(kind: Kind<T>, kept: Kept<T>, written: Laid<T>) {
    this.#kind = kind;
    this.#kept = kept;
    this.#written = written;
    this.#pages = kind.expectedPages;
  }

  /** The object from memory, without a promise; null when it must be read. Stale objects are refreshed as by `many`. */
  known(id: string, onStale: OnStale | undefined): T | null {
    const kept = this.#kept.lookUp(id);
    // The miss is counted when the object is then read.
    if (kept === null) return null;
    this.#kind.onLookUp?.(kept.fresh ? 'fresh' : 'stale');
    if (!kept.fresh) this.#revalidateSoon(id);
    if (kept.outageAgeMs !== null) onStale?.(staleObject(this.#kind.type, id, kept.outageAgeMs));
    return kept.value;
  }

  /** The object; null when it does not exist. Rejects with a `RestError`. */
  async one(id: string, options: CallOptions): Promise<T | null> {
    const found = (await this.many([id], options)).get(id);
    if (found instanceof RestError) throw found;
    return found ?? null;
  }

  /**
   * An entry for each id. Stale objects are answered at once and refreshed in the background. While the upstream is out, callers
   * with `onStale` get the last known versions.
   */
  async many(ids: readonly string[], options: CallOptions): Promise<ByKey<T>> {
    const found: ByKey<T> = new Map();
    const missing: string[] = [];
    const stale: string[] = [];
    for (const id of new Set(ids)) {
      const kept = this.#kept.lookUp(id);
      this.#kind.onLookUp?.(kept === null ? 'miss' : kept.fresh ? 'fresh' : 'stale');
      if (kept === null) missing.push(id);
      else found.set(id, kept.value);
      if (kept?.fresh === false) stale.push(id);
      if (kept !== null && kept.outageAgeMs !== null)
        options.onStale?.(staleObject(this.#kind.type, id, kept.outageAgeMs));
    }
    this.#revalidate(stale.filter((id) => !this.#revalidating.has(id)));
    await this.#load(missing, options, found);
    this.#bridgeOutage(missing, options, found);
    return found;
  }

  /** For objects that could not be read because the upstream is out: their last known versions, for callers with `onStale`. */
  #bridgeOutage(ids: readonly string[], { onStale }: CallOptions, found: ByKey<T>): void {
    for (const id of ids) {
      const error = found.get(id);
      if (!(error instanceof RestError && isUpstreamOut(error))) continue;
      const last = this.#kept.lookUpInOutage(id);
      if (last === null || onStale === undefined) continue;
      found.set(id, last.value);
      this.#kind.onLookUp?.('outage');
      onStale(staleObject(this.#kind.type, id, last.ageMs));
    }
  }

  /** Collects the ids of one turn of the event loop, because one operation asks for many. */
  #revalidateSoon(id: string): void {
    if (this.#revalidating.has(id)) return;
    this.#stale.add(id);
    if (this.#stale.size > 1) return;
    setImmediate(() => {
      const ids = [...this.#stale].filter((each) => !this.#revalidating.has(each));
      this.#stale.clear();
      this.#revalidate(ids);
    });
  }

  /** Refreshes all stale ids of a batch together, because objects that were cached at the same time expire at the same time. */
  #revalidate(ids: readonly string[]): void {
    if (ids.length === 0) return;
    for (const id of ids) this.#revalidating.add(id);
    const found: ByKey<T> = new Map();
    this.#load(ids, { priority: 'poll' }, found)
      .then(() => this.#bridgeOutage(ids, {}, found))
      .catch(() => undefined)
      .finally(() => {
        for (const id of ids) this.#revalidating.delete(id);
      });
  }

  async #load(ids: readonly string[], options: CallOptions, found: ByKey<T>): Promise<void> {
    const walks = this.#pages === null ? ids.length >= PROBE_FROM : ids.length > this.#pages;
    const rest = walks ? await this.#walk(ids, options, found) : ids;
    await Promise.all(rest.map(async (id) => found.set(id, await this.#single(id, options))));
  }

  async #single(id: string, options: CallOptions): Promise<T | null | RestError> {
    const mark = this.#kept.mark();
    try {
      const resource = await this.#written.read(id, () => this.#kind.get(id, options));
      this.#kept.keep(id, resource, mark);
      return resource;
    } catch (error) {
      if (error instanceof RestNotFoundError) {
        this.#kept.forget(id);
        return null;
      }
      if (error instanceof RestError) return error;
      throw error;
    }
  }

  /** Walks the list until all ids are found or the walk no longer pays; returns the ids to read one by one. */
  async #walk(ids: readonly string[], options: CallOptions, found: ByKey<T>): Promise<readonly string[]> {
    const wanted = new Set(ids);
    const mark = this.#kept.mark();
    const expected = this.#pages ?? 1;
    let walked = 0;
    let fruitless = 0;
    let ended = false;
    try {
      for await (const page of walkPages(this.#kind.list(options), { keyOf: idOf, maxPages: ids.length })) {
        walked += 1;
        ended = page.isLast;
        const before = wanted.size;
        for (const read of page.items) {
          const item = this.#written.over(read.id, read);
          this.#kept.keep(item.id, item, mark);
          if (wanted.delete(item.id)) found.set(item.id, item);
        }
        fruitless = wanted.size < before ? 0 : fruitless + 1;
        const ahead = walked - (ids.length - wanted.size);
        // Stop: reading the remaining ids singly costs no more than the pages read since the last hit, plus one.
        if (wanted.size <= fruitless + 1 || (walked >= expected && ahead >= WALK_SLACK)) break;
      }
    } catch (error) {
      if (error instanceof RestBadResponseError) return [...wanted];
      if (!(error instanceof RestError)) throw error;
      // The upstream failed: do not send it one more request for each id.
      for (const id of wanted) found.set(id, error);
      return [];
    }
    this.#pages = ended || wanted.size === 0 ? walked : Math.max(expected, walked + 1);
    return [...wanted];
  }
}
