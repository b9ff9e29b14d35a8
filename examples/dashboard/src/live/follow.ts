// A subscription that goes on: the socket's client connects again by itself, and here it begins anew where the gateway ended it
// for a reason that passes, such as a REST API that does not answer.
import type { AnyVariables, CombinedError, OperationResult, OperationResultSource } from 'urql';
import { isLasting, problemOf, type Problem } from '../gateway/problem.ts';

const RETRY_MS = 3000;

interface Told<Data> {
  /** `error` tells of fields that the event lacks, such as those that this login may not read. */
  readonly event: (data: Data, error: CombinedError | undefined) => void;
  readonly problem: (problem: Problem) => void;
}

/** Subscribes with what `start` makes, again after each problem that passes. Ends when the returned function is called. */
export function follow<Data, Variables extends AnyVariables>(
  start: () => OperationResultSource<OperationResult<Data, Variables>>,
  told: Told<Data>,
): () => void {
  let retry: ReturnType<typeof setTimeout> | undefined;
  const begin = () =>
    start().subscribe(({ data, error }) => {
      if (data != null) told.event(data, error);
      else if (error !== undefined) {
        const problem = problemOf(error);
        told.problem(problem);
        if (!isLasting(problem)) retry ??= setTimeout(again, RETRY_MS);
      }
    });
  let running = begin();
  function again(): void {
    retry = undefined;
    running.unsubscribe();
    running = begin();
  }
  return () => {
    clearTimeout(retry);
    running.unsubscribe();
  };
}
