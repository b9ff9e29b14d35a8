// How many random cases a property test tries, and from which seed.

/**
 * The options of a property test: `slice` cases, or FUZZ_RUNS cases for a long search, whose seed is printed. FUZZ_SEED repeats a
 * search. A failure always prints its seed. `share`: this test's share of FUZZ_RUNS; default 1.
 */
export function fuzzRuns(slice: number, share = 1): { readonly numRuns: number; readonly seed?: number } {
  const numRuns = requestedRuns(share);
  if (numRuns === null) return { numRuns: slice };
  const seed = Number(process.env['FUZZ_SEED'] ?? '') || Math.floor(Math.random() * 2 ** 31);
  process.stderr.write(`${numRuns} random cases, FUZZ_SEED=${seed}\n`);
  return { numRuns, seed };
}

/** How often a long search prints its progress, in milliseconds. */
const PROGRESS_MS = 10_000;

/**
 * Call the returned function after each case of a long search: every 10 s it prints how many are done. `share`: as for
 * `fuzzRuns`.
 */
export function fuzzProgress(what: string, share = 1): () => void {
  const numRuns = requestedRuns(share);
  let [done, saidAt] = [0, performance.now()];
  return () => {
    done += 1;
    if (numRuns === null || (performance.now() - saidAt < PROGRESS_MS && done !== numRuns)) return;
    saidAt = performance.now();
    process.stderr.write(`${done} of ${numRuns} ${what}\n`);
  };
}

/** Null: no long search is requested. */
function requestedRuns(share: number): number | null {
  const requested = Number(process.env['FUZZ_RUNS'] ?? '');
  return requested > 0 ? Math.ceil(requested * share) : null;
}
