// The time limit of queries and mutations. When the time is up, the client gets an error immediately, and the operation's signal
// aborts. Subscriptions have no time limit.
import type { ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Deadline, OperationContext } from '../operation/context.ts';
import { abortError } from '../operation/lazy-abort.ts';
import type { Deadlines } from '../deadlines.ts';
import type { Limits } from '../operation/limits.ts';
import type { SharedAnswers } from '../operation/shared-answers.ts';
import { outOfTime } from '../refusals.ts';

/** The limits that `useTimeLimit` reads, in milliseconds. */
export type TimeLimits = Pick<Limits, 'operationMs' | 'slowOperationMs'>;

/** Sets `signal` and `deadline`. Over the limit the result is LIMIT_EXCEEDED with the limit `time`. */
export function useTimeLimit(
  limits: TimeLimits,
  deadlines: Deadlines,
  answers: SharedAnswers,
): Plugin<OperationContext> {
  return {
    onContextBuilding({ context, extendContext }) {
      const { admitted, request, signal: transport = request?.signal } = context;
      if (admitted === undefined || admitted.kind === 'subscription') return;
      const controller = new AbortController();
      const abort = () => controller.abort();
      // The signal of Yoga's request is not an instance of Node's AbortSignal, so AbortSignal.any would throw.
      transport?.addEventListener('abort', abort, { once: true });
      if (transport?.aborted) abort();
      extendContext({
        signal: controller.signal,
        deadline: {
          limitMs: admitted.isSlow ? limits.slowOperationMs : limits.operationMs,
          abort() {
            // A mutation may have taken effect, and the error tells its client so.
            if (admitted.kind === 'mutation') answers.seal();
            abort();
          },
          onAbort(listen) {
            if (controller.signal.aborted) listen();
            else controller.signal.addEventListener('abort', listen, { once: true });
          },
          release: () => transport?.removeEventListener('abort', abort),
        },
      });
    },
    onExecute({ args, executeFn, setExecuteFn }) {
      const { contextValue } = args;
      const { deadline } = contextValue;
      if (deadline === undefined) return undefined;
      setExecuteFn((executeArgs) => inTime(() => executeFn(executeArgs), contextValue, deadline, deadlines));
      return {
        onExecuteDone() {
          if (contextValue.parts === undefined) deadline.release();
        },
      };
    },
  };
}

/** What `execute` returns. For Envelop a stream of results is one of any kind. */
type Executed = ExecutionResult | AsyncIterable<ExecutionResult>;

/**
 * Settles as `execute` does, or when its time is up with an error; then it aborts. For an answer in parts the limit includes all
 * parts: it fails when the time is up. When such an answer has ended in any way, the work that still runs for it is aborted.
 */
async function inTime(
  execute: () => Executed | Promise<Executed>,
  context: Pick<OperationContext, 'parts'>,
  { limitMs, abort, onAbort, release }: Deadline,
  deadlines: Deadlines,
): Promise<Executed> {
  const early = Promise.withResolvers<ExecutionResult>();
  onAbort(() => early.reject(abortError()));
  const cancel = deadlines.after(limitMs, () => {
    early.resolve({ errors: [outOfTime(limitMs)] });
    context.parts?.answer.fail(outOfTime(limitMs));
    abort();
  });
  const end = () => {
    cancel();
    release();
  };
  try {
    const executed = await Promise.race([execute(), early.promise]);
    const answer = context.parts?.answer;
    if (answer === undefined) end();
    else {
      answer.onOver(() => {
        end();
        abort();
      });
    }
    return executed;
  } catch (error) {
    end();
    throw error;
  }
}
