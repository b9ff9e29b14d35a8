// Whether the upstream answers, for `/ready`. The answer is cached, so that frequent probes cost few REST calls.
import { msBetween, type Clock, type Moment } from '../../clock.ts';

/** How long the probe's answer is used, in milliseconds. */
const CACHED_MS = 5000;

/**
 * Runs `probe` at most once in 5 s and shares its answer: true if it resolved, false if it rejected. The returned function
 * never rejects.
 */
export function createReadiness(probe: () => Promise<void>, clock: Clock): () => Promise<boolean> {
  let checkedAt: Moment | null = null;
  let answer: Promise<boolean> = Promise.resolve(false);
  return () => {
    const now = clock.moment();
    if (checkedAt === null || msBetween(checkedAt, now) >= CACHED_MS) {
      checkedAt = now;
      answer = probe().then(
        () => true,
        () => false,
      );
    }
    return answer;
  };
}
