// A value that parts of the page watch: the small thing between code without React and `useSyncExternalStore`.

/** A value with its watchers. */
export interface Store<Value> {
  readonly get: () => Value;
  /** Tells `watcher` of each new value until the returned function is called. */
  readonly watch: (watcher: () => void) => () => void;
}

/** A store whose owner sets its value. */
export interface OwnStore<Value> extends Store<Value> {
  readonly set: (value: Value) => void;
}

/** Makes a store. `whileWatched` runs when the first watcher comes; what it returns runs when the last one has gone. */
export function createStore<Value>(first: Value, whileWatched?: () => () => void): OwnStore<Value> {
  let value = first;
  let stop: (() => void) | undefined;
  const watchers = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const watcher of watchers) watcher();
    },
    watch(watcher) {
      // A function of its own, so that one watcher may watch twice.
      const own = () => watcher();
      watchers.add(own);
      if (watchers.size === 1) stop = whileWatched?.();
      return () => {
        if (watchers.delete(own) && watchers.size === 0) stop?.();
      };
    },
  };
}
