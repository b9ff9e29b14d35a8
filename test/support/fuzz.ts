// How many random cases a property test tries, and from which seed.

/**
 * `slice` cases, or as many as FUZZ_RUNS says for a long search. Of a long search the seed is printed; FUZZ_SEED repeats it.
 * A failure prints its seed in any case.
 */
export function fuzzRuns(slice: number): { readonly numRuns: number; readonly seed?: number } {
  const requested = Number(process.env['FUZZ_RUNS'] ?? '');
  if (!(requested > 0)) return { numRuns: slice };
  const seed = Number(process.env['FUZZ_SEED'] ?? '') || Math.floor(Math.random() * 2 ** 31);
  process.stderr.write(`${requested} random cases, FUZZ_SEED=${seed}\n`);
  return { numRuns: requested, seed };
}
