// Limits how many large bodies are read at the same time. A call may read 10 MB and each family of endpoints has 32 connections,
// so without this limit large answers on all connections could take gigabytes of memory. While a body waits for its turn, its
// connection is not read, so the sender has to wait too.
import { LinkedList } from '../../linked-list.ts';

/** A body of which more bytes than this are in memory is large. The usual answer has some kilobytes. */
export const LARGE_BYTES = 256_000;
/** Large bodies that are read at the same time. JSON is parsed one body at a time anyway. */
const AT_ONCE = 2;

/** A large body that is read, or waits for that. */
export interface Turn {
  /** Whether the body must wait until it is told to go on. */
  readonly waits: boolean;
  /** To be called when the body is over, also while it waits. A second call does nothing. */
  end(): void;
}

/** The turns of all bodies of one client. */
export class LargeBodies {
  #reading = 0;
  readonly #waiting = new LinkedList<() => void>();

  /** Asks for a turn of a body that has become large. If it waits, `goOn` is called when it is its turn, never at once. */
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

  /** Hands the place of a body that is over to the one that has waited longest. */
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
