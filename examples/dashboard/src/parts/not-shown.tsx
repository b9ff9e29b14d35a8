// What this login does not get to see, and why.
import type { Problem } from '../gateway/problem.ts';

/** The reason as a sentence. */
export function Reason({ problem: { scope, message } }: { readonly problem: Problem }) {
  if (scope === null) return message;
  return (
    <>
      This login lacks the scope <code>{scope}</code>.
    </>
  );
}

interface NotShownProps {
  /** What is missing, as the end of a sentence. */
  readonly what: string;
  readonly problem: Problem;
}

export function NotShown({ what, problem }: NotShownProps) {
  return (
    <p className="notice limited">
      <strong>Not shown: {what}.</strong> <Reason problem={problem} />
    </p>
  );
}
