// Queries and mutations end in time: what has not is answered with an error, and what it still does is aborted.
// Subscriptions may go on for as long as they like.
import type { ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Clock } from '../../clock.ts';
import type { Limits } from '../operation/limits.ts';
import { outOfTime } from '../refusals.ts';
import type { AdmissionContext } from './use-admission.ts';

/** Part of the context of a query or mutation. */
interface TimedContext extends AdmissionContext {
  readonly request: Request;
  /** Of the transport; the operation's own once that is made. */
  readonly signal?: AbortSignal;
  readonly timed?: Timed;
}

/** The time of one operation. */
interface Timed {
  readonly limitMs: number;
  readonly abort: () => void;
  /** The operation is over. */
  readonly end: () => void;
}

export type TimeLimits = Pick<Limits, 'operationMs' | 'slowOperationMs'>;

export function useTimeLimit(limits: TimeLimits, clock: Clock): Plugin<TimedContext> {
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
        timed: {
          limitMs: admitted.isSlow ? limits.slowOperationMs : limits.operationMs,
          abort,
          end: () => transport?.removeEventListener('abort', abort),
        },
      });
    },
    onExecute({ args, executeFn, setExecuteFn }) {
      const { timed, signal } = args.contextValue;
      if (timed === undefined) return undefined;
      setExecuteFn((given) => {
        // Yoga's executor takes a signal, of which the type of its arguments knows nothing.
        const abortable = { ...given, signal };
        return inTime(() => executeFn(abortable), timed, clock);
      });
      return { onExecuteDone: () => timed.end() };
    },
  };
}

async function inTime(
  execute: () => ExecutionResult | Promise<ExecutionResult>,
  { limitMs, abort, end }: Timed,
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
    end();
  }
}
