// Whether the upstream answers. A probe that is asked often shall not become a load of its own.
import type { Clock } from '../../clock.ts';

/** How long an answer of the probe is believed, in milliseconds. */
const BELIEVED_MS = 5000;

/** A cheap check of the upstream, remembered for 5 s and shared by all who ask at the same time. */
export function createReadiness(probe: () => Promise<void>, clock: Clock): () => Promise<boolean> {
  let checkedAt = Number.NEGATIVE_INFINITY;
  let answer: Promise<boolean> = Promise.resolve(false);
  return () => {
    if (clock.now() - checkedAt >= BELIEVED_MS) {
      checkedAt = clock.now();
      answer = probe().then(
        () => true,
        () => false,
      );
    }
    return answer;
  };
}
