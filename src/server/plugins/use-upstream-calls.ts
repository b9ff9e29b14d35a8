// What an operation has cost upstream, told to who asks with the header `x-gateway-upstream: 1`: while somebody writes a
// query, this shows whether it is a cheap one.
import type { Plugin } from 'graphql-yoga';
import type { GraphContext, OperationContext } from '../operation/context.ts';
import { extendingResults } from '../operation/extending-results.ts';

/** Adds `extensions.upstream` to answers, and to each event of a subscription: `calls`, of the REST API, so far. */
export function useUpstreamCalls(): Plugin<OperationContext & GraphContext> {
  return extendingResults<OperationContext & GraphContext>(({ request, upstream }) =>
    request?.headers.get('x-gateway-upstream') !== '1' ? undefined : { upstream: { calls: upstream.calls } },
  );
}
