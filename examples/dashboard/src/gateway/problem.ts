// What went wrong, in words for the visitor.
import type { CombinedError } from 'urql';

export interface Problem {
  /** `extensions.code` of the gateway's error; `NETWORK` if no answer came. */
  readonly code: string;
  readonly message: string;
}

/** The first error of an answer. */
export function problemOf(error: CombinedError): Problem {
  const [first] = error.graphQLErrors;
  if (first === undefined) return { code: 'NETWORK', message: 'The gateway cannot be reached.' };
  const { code } = first.extensions;
  return { code: typeof code === 'string' ? code : 'UNKNOWN', message: first.message };
}

/** Problems that no repetition can mend. */
const LASTING: ReadonlySet<string> = new Set([
  'BAD_USER_INPUT',
  'FORBIDDEN',
  'NOT_FOUND',
  'UNAUTHENTICATED',
  'GRAPHQL_VALIDATION_FAILED',
]);

/** The problem that takes the place of what is shown: one that lasts, or one that came before anything was known. */
export function blockingProblem({ problem, isKnown }: Troubled): Problem | null {
  return problem !== null && (!isKnown || isLasting(problem)) ? problem : null;
}

interface Troubled {
  readonly problem: Problem | null;
  readonly isKnown: boolean;
}

export function isLasting({ code }: Problem): boolean {
  return LASTING.has(code);
}
