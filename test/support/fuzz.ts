// How many random cases a property test tries, and from which seed.

/**
 * The options of a property test: `slice` cases, or FUZZ_RUNS cases for a long search, whose seed is printed. FUZZ_SEED
 * repeats a search. A failure prints its seed in any case.
 */
export function fuzzRuns(slice: number): { readonly numRuns: number; readonly seed?: number } {
  const requested = Number(process.env['FUZZ_RUNS'] ?? '');
  if (!(requested > 0)) return { numRuns: slice };
  const seed = Number(process.env['FUZZ_SEED'] ?? '') || Math.floor(Math.random() * 2 ** 31);
  process.stderr.write(`${requested} random cases, FUZZ_SEED=${seed}\n`);
  return { numRuns: requested, seed };
}
