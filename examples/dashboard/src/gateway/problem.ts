// What went wrong, in words for the visitor.
import { CombinedError } from 'urql';

export interface Problem {
  /** `extensions.code` of the gateway's error; `NETWORK` if no answer came. */
  readonly code: string;
  readonly message: string;
  /** The scope that the login lacks, such as `sessions:read`; null: the problem is another one. */
  readonly scope: string | null;
}

/** The first error of an answer. */
export function problemOf(error: CombinedError): Problem {
  const [first] = error.graphQLErrors;
  if (first === undefined) return { code: 'NETWORK', message: 'The gateway cannot be reached.', scope: null };
  const { code, scope } = first.extensions;
  return {
    code: typeof code === 'string' ? code : 'UNKNOWN',
    message: first.message,
    scope: typeof scope === 'string' ? scope : null,
  };
}

/** Why an answer lacks a field, which `path` names: `room.recordings`; null: the field has no error. */
export function problemAt(error: CombinedError | undefined, path: string): Problem | null {
  const found = error?.graphQLErrors.find((one) => one.path?.join('.') === path);
  return found === undefined ? null : problemOf(new CombinedError({ graphQLErrors: [found] }));
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
