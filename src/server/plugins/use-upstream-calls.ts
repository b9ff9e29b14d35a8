// `extensions.upstream` for requests with the header `x-gateway-upstream: 1`: how many REST calls the operation has caused. It
// helps developers to write cheap queries.
import type { Plugin } from 'graphql-yoga';
import type { GraphContext, OperationContext } from '../operation/context.ts';
import { extendingResults } from '../operation/extending-results.ts';

/** Adds `upstream: { calls }` to results over HTTP: the number so far, so at a subscription's events it grows. */
export function useUpstreamCalls(): Plugin<OperationContext & GraphContext> {
  return extendingResults<OperationContext & GraphContext>(({ request, upstream }) =>
    request?.headers.get('x-gateway-upstream') !== '1' ? undefined : { upstream: { calls: upstream.calls } },
  );
}
