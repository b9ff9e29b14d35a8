// The answer of a mutation in words. Expected failures are members of the result's union; all else is an error of the answer.
import type { CombinedError } from 'urql';
import { problemOf } from '../gateway/problem.ts';

export interface Outcome {
  readonly isGood: boolean;
  readonly text: string;
}

interface Answer {
  readonly data?:
    | { readonly result: { readonly __typename: string; readonly message?: string } | null }
    | undefined;
  readonly error?: CombinedError | undefined;
}

const WORDS: Readonly<Record<string, string>> = {
  NotFoundError: 'Not found',
  InvalidInputError: 'Not accepted',
  RefusedError: 'Refused',
};

export function outcomeOf({ data, error }: Answer, success: string): Outcome {
  const result = data?.result;
  if (result != null) {
    const failure = WORDS[result.__typename];
    return failure === undefined
      ? { isGood: true, text: success }
      : { isGood: false, text: `${failure}: ${result.message ?? ''}` };
  }
  const problem = error === undefined ? null : problemOf(error);
  if (problem?.code === 'FORBIDDEN')
    return { isGood: false, text: `This login may not do that: ${problem.message}` };
  return { isGood: false, text: problem?.message ?? 'The gateway gave no answer.' };
}
