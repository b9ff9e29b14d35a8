// Many objects of one kind by their ids, by the cheaper plan: from memory, by walking the list, or one by one.
// The plan depends on nothing but the keys and what was learnt before, so that callers who ask for the same things at
// the same time ask the same requests, which the client makes one.
import type { CallOptions } from '../client/client.ts';
import { RestBadResponseError, RestError, RestNotFoundError } from '../errors.ts';
import type { Kept } from './kept.ts';
import type { FetchPage } from '../shapes/pages.ts';
import { walkPages } from '../shapes/pages.ts';

/** A value a key: the resource, null where it doesn't exist, or why it can't be told. */
export type ByKey<T> = Map<string, T | null | RestError>;

export interface Kind<T> {
  get(id: string, options: CallOptions): Promise<T>;
  list(options: CallOptions): FetchPage<T>;
  /** How many pages the list is taken to have before it was seen; null: unknown, so a walk is tried. */
  readonly expectedPages: number | null;
}

/** With a list of unknown length, a walk is worth a try for this many keys. */
const PROBE_FROM = 4;
/** A walk may be this share of the keys ahead, in pages, of what it has found. */
const WALK_SLACK = 0.1;

export class ById<T extends { readonly id: string }> {
  readonly #kind: Kind<T>;
  readonly #kept: Kept<T>;
  readonly #revalidating = new Set<string>();
  #pages: number | null;

  constructor(kind: Kind<T>, kept: Kept<T>) {
    this.#kind = kind;
    this.#kept = kept;
    this.#pages = kind.expectedPages;
  }

  /** Null where it doesn't exist. Rejects with a `RestError`. */
  async one(id: string, options: CallOptions): Promise<T | null> {
    const found = (await this.many([id], options)).get(id);
    if (found instanceof RestError) throw found;
    return found ?? null;
  }

  /** An entry for each id. What is stale is answered at once and asked for anew in the background. */
  async many(ids: readonly string[], options: CallOptions): Promise<ByKey<T>> {
    const found: ByKey<T> = new Map();
    const missing: string[] = [];
    const stale: string[] = [];
    for (const id of new Set(ids)) {
      const kept = this.#kept.look(id);
      if (kept === null) missing.push(id);
      else found.set(id, kept.value);
      if (kept?.fresh === false) stale.push(id);
    }
    this.#revalidate(stale.filter((id) => !this.#revalidating.has(id)));
    await this.#load(missing, options, found);
    return found;
  }

  /** All stale keys of a batch are asked for together, so what was kept together doesn't expire into a herd. */
  #revalidate(ids: readonly string[]): void {
    if (ids.length === 0) return;
    for (const id of ids) this.#revalidating.add(id);
    this.#load(ids, { priority: 'poll' }, new Map())
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
      const resource = await this.#kind.get(id, options);
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

  /** Walks the list until all keys are found or it no longer pays; returns the keys left to ask for one by one. */
  async #walk(ids: readonly string[], options: CallOptions, found: ByKey<T>): Promise<readonly string[]> {
    const wanted = new Set(ids);
    const mark = this.#kept.mark();
    const expected = this.#pages ?? 1;
    let walked = 0;
    let fruitless = 0;
    let ended = false;
    try {
      for await (const page of walkPages(this.#kind.list(options), { maxPages: ids.length })) {
        walked += 1;
        ended = page.ended;
        const before = wanted.size;
        for (const item of page.items) {
          this.#kept.keep(item.id, item, mark);
          if (wanted.delete(item.id)) found.set(item.id, item);
        }
        fruitless = wanted.size < before ? 0 : fruitless + 1;
        const ahead = walked - (ids.length - wanted.size);
        // By themselves the few that are left cost no more than what was spent on them in vain and another page.
        if (wanted.size <= fruitless + 1 || (walked >= expected && ahead > ids.length * WALK_SLACK)) break;
      }
    } catch (error) {
      if (error instanceof RestBadResponseError) return [...wanted];
      if (!(error instanceof RestError)) throw error;
      // An upstream that fails at one request isn't sent one for each key.
      for (const id of wanted) found.set(id, error);
      return [];
    }
    this.#pages = ended || wanted.size === 0 ? walked : Math.max(expected, walked + 1);
    return [...wanted];
  }
}
