// What an operation has cost upstream, told to who asks with the header `x-gateway-upstream: 1`: while somebody writes a
// query, this shows whether it is a cheap one.
import type { Plugin } from 'graphql-yoga';
import { extendingResults } from '../operation/extending-results.ts';

/** Part of the context of each operation. */
interface UpstreamContext {
  /** Over HTTP alone. */
  readonly request?: Request;
  /** Calls that this operation has caused so far; those that it shared with an earlier one are that one's. */
  readonly upstream?: { readonly calls: number };
}

/** Adds `extensions.upstream` to answers, and to each event of a subscription: `calls`, of the REST API, so far. */
export function useUpstreamCalls(): Plugin<UpstreamContext> {
  return extendingResults(({ request, upstream }) =>
    upstream === undefined || request?.headers.get('x-gateway-upstream') !== '1'
      ? undefined
      : { upstream: { calls: upstream.calls } },
  );
}
