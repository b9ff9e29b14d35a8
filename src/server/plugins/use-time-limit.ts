// The time limit of queries and mutations. When it is up, the client gets an error at once and the operation's signal aborts.
// Subscriptions have no time limit.
import type { ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Clock } from '../../clock.ts';
import type { Deadline, OperationContext } from '../operation/context.ts';
import type { Limits } from '../operation/limits.ts';
import { outOfTime } from '../refusals.ts';

/** The limits that `useTimeLimit` reads, in milliseconds. */
export type TimeLimits = Pick<Limits, 'operationMs' | 'slowOperationMs'>;

/** Sets `signal` and `deadline`. Over the limit the result is LIMIT_EXCEEDED with the limit `time`. */
export function useTimeLimit(limits: TimeLimits, clock: Clock): Plugin<OperationContext> {
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
          abort,
          release: () => transport?.removeEventListener('abort', abort),
        },
      });
    },
    onExecute({ args, executeFn, setExecuteFn }) {
      const { deadline, signal } = args.contextValue;
      if (deadline === undefined) return undefined;
      setExecuteFn((executeArgs) => {
        // Yoga's executor takes a signal, although Envelop's type of the arguments does not have it.
        const abortable = { ...executeArgs, signal };
        return inTime(() => executeFn(abortable), deadline, clock);
      });
      return { onExecuteDone: () => deadline.release() };
    },
  };
}

async function inTime(
  execute: () => ExecutionResult | Promise<ExecutionResult>,
  { limitMs, abort, release }: Deadline,
  clock: Clock,
): Promise<ExecutionResult> {
  const late = Promise.withResolvers<ExecutionResult>();
  const cancel = clock.schedule(() => {
    late.resolve({ errors: [outOfTime(limitMs)] });
    abort();
  }, limitMs);
  try {
    return await Promise.race([execute(), late.promise]);
  } finally {
    cancel();
    release();
  }
}
