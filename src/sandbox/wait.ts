// Waits by the sandbox's clock instead of the machine's, so that tests can advance the time.
import type { Clock } from '../clock.ts';

/** Resolves to true after `ms` milliseconds, or to false as soon as the signal aborts. */
export function wait(clock: Clock, ms: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve(false);
      return;
    }
    const onAbort = (): void => {
      cancel();
      resolve(false);
    };
    const cancel = clock.schedule(() => {
      signal.removeEventListener('abort', onAbort);
      resolve(true);
    }, ms);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}

/** Runs `effect` in a timer after `ms` milliseconds, unless the signal aborts before. */
export function runAfter(clock: Clock, ms: number, signal: AbortSignal, effect: () => void): void {
  if (signal.aborted) return;
  const onAbort = (): void => cancel();
  const cancel = clock.schedule(() => {
    signal.removeEventListener('abort', onAbort);
    effect();
  }, ms);
  signal.addEventListener('abort', onAbort, { once: true });
}
