// Checks of a GraphQL request over HTTP, before its body is read: media types of the answer (`Accept`) and of the body
// (CSRF: no HTML form can send JSON), and JSON in parameters of the URL. Answers get headers that forbid caching.
import type { Plugin } from 'graphql-yoga';
import { answerTypes, singleResultType } from '../http/accept.ts';
import { declaresJson, jsonIn, readJsonBody } from '../http/json-body.ts';
import type { TransportContext } from '../operation/context.ts';
import { brokenParameters, notAcceptable, unsupportedBody } from '../refusals.ts';

/** Throws 406 or 415 before the body is read, 400 for broken parameters of a URL. */
export function useHttpHygiene(): Plugin<object, TransportContext> {
  return {
    onRequestParse({ request, requestParser, setRequestParser, serverContext: { arrival, body } }) {
      const { method, headers } = request;
      if (arrival !== undefined) return setRequestParser(() => arrival.body ?? {});
      // Checked before execution: a mutation must not run if its result could not be sent.
      if (singleResultType(headers.get('accept')) === null) throw notAcceptable(answerTypes);
      if (method === 'GET' && requestParser !== undefined) setRequestParser(reportingFaults(requestParser));
      if (method !== 'POST') return;
      if (!declaresJson(headers)) throw unsupportedBody();
      setRequestParser(body === undefined ? readJsonBody : () => jsonIn(body));
    },
    onResponse({ response }) {
      const { headers } = response;
      headers.append('vary', 'Origin, Accept');
      headers.set('cache-control', 'private, no-store');
    },
  };
}

type RequestParser = Parameters<Parameters<NonNullable<Plugin['onRequestParse']>>[0]['setRequestParser']>[0];

/** Wraps Yoga's parser of URLs, which throws only if a parameter is not JSON, and then without a code. */
function reportingFaults(parse: RequestParser): RequestParser {
  return (request) => {
    try {
      return parse(request);
    } catch {
      throw brokenParameters();
    }
  };
}
