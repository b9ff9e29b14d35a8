// How many rooms are watched at the same time. The gateway runs 50 operations on one socket; the other rooms wait in turn.

export interface Places {
  /** Calls `begin` as soon as there is a place. The returned function ends what has begun, or gives up waiting. */
  take(begin: () => () => void): () => void;
}

/** Makes `count` places. */
export function createPlaces(count: number): Places {
  let free = count;
  const waiting = new Set<() => void>();
  return {
    take(begin) {
      let end: (() => void) | undefined;
      const start = () => {
        free -= 1;
        end = begin();
      };
      if (free > 0) start();
      else waiting.add(start);
      return () => {
        if (waiting.delete(start)) return;
        end?.();
        free += 1;
        const [next] = waiting;
        if (next !== undefined && waiting.delete(next)) next();
      };
    },
  };
}
