// Queries and mutations end in time: what has not is answered with an error, and what it still does is aborted.
// Subscriptions may go on for as long as they like.
import type { ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Clock } from '../../clock.ts';
import type { Deadline, OperationContext } from '../operation/context.ts';
import type { Limits } from '../operation/limits.ts';
import { outOfTime } from '../refusals.ts';

export type TimeLimits = Pick<Limits, 'operationMs' | 'slowOperationMs'>;

export function useTimeLimit(limits: TimeLimits, clock: Clock): Plugin<OperationContext> {
  return {
    onContextBuilding({ context, extendContext }) {
      const { admitted, request, signal: transport = request?.signal } = context;
      if (admitted === undefined || admitted.kind === 'subscription') return;
      const controller = new AbortController();
      const abort = () => controller.abort();
      // Yoga's signal of a request is none of the platform's, so that AbortSignal.any would not take it.
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
        // Yoga's executor takes a signal, of which the type of its arguments knows nothing.
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
