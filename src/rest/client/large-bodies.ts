// Limits how many large bodies are read at the same time. A call may read 10 MB and each family of endpoints has 32 connections,
// so without this limit large answers on all connections could take gigabytes of memory. While a body waits for its turn, its
// connection is not read, so the sender has to wait too.
import { LinkedList } from '../../linked-list.ts';

/** A body is large if more bytes of it than this are in memory. The usual answer has some kilobytes. */
export const LARGE_BYTES = 256_000;
/** Maximum number of large bodies that are read at the same time. JSON is parsed one body at a time anyway. */
const AT_ONCE = 2;

/** A large body that is being read or waits to be read. */
export interface Turn {
  /** Whether the body must wait until `goOn` is called. */
  readonly waits: boolean;
  /** Call when the body has ended, also while it waits. A second call does nothing. */
  end(): void;
}

/** The turns of all bodies of one client. */
export class LargeBodies {
  #reading = 0;
  readonly #waiting = new LinkedList<() => void>();

  /**
   * Asks for a turn for a body that has become large. If the body must wait, `goOn` is called when its turn comes, never
   * synchronously.
   */
  take(goOn: () => void): Turn {
    let isReading = this.#reading < AT_ONCE;
    let leaveQueue = () => {};
    if (isReading) this.#reading += 1;
    else {
      leaveQueue = this.#waiting.add(() => {
        isReading = true;
        // Not at once: undici's parser cannot be entered while it reads another body.
        queueMicrotask(goOn);
      });
    }
    return {
      waits: !isReading,
      end: () => {
        leaveQueue();
        if (!isReading) return;
        isReading = false;
        this.#next();
      },
    };
  }

  /** Gives the place of a body that has ended to the one that has waited longest. */
  #next(): void {
    const begin = this.#waiting.first;
    if (begin === null) {
      this.#reading -= 1;
      return;
    }
    this.#waiting.removeFirst();
    begin();
  }
}
