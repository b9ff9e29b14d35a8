// How many people were in a room over time: steps, each from its time until the next.

export interface Step {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly count: number;
}

/** A stay as a session's record has it. */
export interface Stay {
  readonly joinedAt: string | null;
  readonly leftAt: string | null;
}

/** The most steps that are kept of a room; the oldest go first. */
const MAX_STEPS = 2000;

/** The steps up to now with one more. A step at which nothing changes is left out. */
export function withStep(steps: readonly Step[], step: Step): readonly Step[] {
  const last = steps.at(-1);
  if (last?.count === step.count) return steps;
  const before = steps.length >= MAX_STEPS ? steps.slice(1) : steps;
  // Times come from two sources, the record and the events; they may only run forwards.
  return [...before, { ...step, at: Math.max(step.at, last?.at ?? step.at) }];
}

/**
 * The steps that a session's record tells, up to `until`, when there were `countThen` people. The record may lack the oldest of
 * many stays, and the end of one that has just ended, so its steps are moved to meet that count.
 */
export function stepsOf(stays: readonly Stay[], until: number, countThen: number): readonly Step[] {
  const turns = stays
    .flatMap(({ joinedAt, leftAt }) => [turn(joinedAt, 1), turn(leftAt, -1)])
    .filter(({ at }) => at < until)
    .toSorted((one, other) => one.at - other.at);
  let steps: readonly Step[] = [];
  let count = countThen - turns.reduce((sum, { change }) => sum + change, 0);
  for (const { at, change } of turns) {
    count += change;
    steps = withStep(steps, { at, count: Math.max(count, 0) });
  }
  return steps;
}

/** A time that is not known sorts last, and so is never before `until`. */
function turn(time: string | null, change: number) {
  return { at: time === null ? Infinity : Date.parse(time), change };
}

/** What a chart draws: the steps within the last `spanMs` before `now`, the first at the left edge. */
export function visibleSteps(steps: readonly Step[], now: number, spanMs: number): readonly Step[] {
  const from = now - spanMs;
  const first = steps.findLastIndex(({ at }) => at <= from);
  const shown = steps.slice(Math.max(first, 0));
  return shown.map(({ at, count }) => ({ at: Math.max(at, from), count }));
}
