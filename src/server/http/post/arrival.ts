// The steps that were done for a request before it was passed to Yoga. Yoga's plugins do not repeat them: the caller is
// authenticated once, pays the first point once, and the body is read once.
import type { Visitor } from '../../entrance.ts';
import type { DocumentPlan } from '../../plans/document-plan.ts';

/** A request that post.ts has taken and leaves to Yoga to answer. */
export interface Arrival {
  /** The sender; null: authentication failed, and `failure` has the reason. */
  readonly visitor: Visitor | null;
  /** Why it is refused; null if no step so far has refused it. Yoga formats this error, so it must not be masked here. */
  readonly failure: Error | null;
  /** The parsed body; undefined: it has not been read. */
  readonly body?: object;
  /** The plan of its document, or the error for its text; undefined if the plan was not looked up. */
  readonly plan?: DocumentPlan | Error;
}
