// What HTTP needs beyond GraphQL: bodies that no form can send, and answers that no cache keeps.
import type { Plugin } from 'graphql-yoga';
import { unsupportedBody } from '../refusals.ts';

/** Written as clients write it. Browsers ask before they send this type to another origin. A list of types is none. */
const JSON_BODY = /^application\/json\s*(;|$)/;

export function useHttpHygiene(): Plugin {
  return {
    onRequestParse({ request }) {
      if (request.method !== 'POST') return;
      const { headers } = request;
      if (!JSON_BODY.test(headers.get('content-type') ?? '') || headers.has('content-encoding')) {
        throw unsupportedBody();
      }
    },
    onResponse({ response }) {
      const { headers } = response;
      headers.append('vary', 'Origin');
      headers.set('cache-control', 'private, no-store');
      headers.set('x-content-type-options', 'nosniff');
    },
  };
}
