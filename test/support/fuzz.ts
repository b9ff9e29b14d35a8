// How long property tests look for trouble.

/** Runs of a property: a bounded slice by default, `FUZZ_RUNS` in place of it for a long search. */
export function fuzzRuns(slice: number): { readonly numRuns: number } {
  const asked = Number(process.env['FUZZ_RUNS'] ?? '');
  return { numRuns: asked > 0 ? asked : slice };
}
