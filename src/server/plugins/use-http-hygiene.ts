// Checks of a GraphQL request over HTTP, before its body is read: media types of the answer (`Accept`) and of the body
// (CSRF: no HTML form can send JSON), and JSON in parameters of the URL. Answers get headers that forbid caching.
import { processRegularResult, type Plugin } from 'graphql-yoga';
import { brokenParameters, notAcceptable, unsupportedBody } from '../refusals.ts';

/**
 * `application/json` with optional parameters; a comma-separated list is refused. Browsers send a preflight before they post
 * this type across origins.
 */
const JSON_BODY = /^application\/json\s*(;|$)/;

/** The media types of answers. */
const ANSWER_TYPES = [
  'application/json',
  'application/graphql-response+json',
  'text/event-stream',
  'multipart/mixed',
];
/** The media ranges of `Accept` that match one of them. */
const ACCEPTED = new Set([...ANSWER_TYPES, ...ANSWER_TYPES.map((type) => type.replace(/\/.*/, '/*')), '*/*']);

/** Throws 406 or 415 before the body is read, 400 for broken parameters of a URL. */
export function useHttpHygiene(): Plugin {
  return {
    onRequestParse({ request, requestParser, setRequestParser }) {
      const { method, headers } = request;
      // Checked before execution: a mutation must not run if its result could not be sent.
      if (!acceptsAnswer(headers.get('accept') ?? '')) throw notAcceptable(ANSWER_TYPES);
      if (method === 'GET' && requestParser !== undefined) setRequestParser(reportingFaults(requestParser));
      if (method !== 'POST') return;
      if (!JSON_BODY.test(headers.get('content-type') ?? '') || headers.has('content-encoding')) {
        throw unsupportedBody();
      }
    },
    onResultProcess(process) {
      // If no accepted media type matches, send the refusal as JSON anyway.
      if (process.resultProcessor === undefined) {
        process.setResultProcessor(processRegularResult, 'application/json');
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

/** Whether `Accept` matches a media type of answers, `q` ignored, as Yoga reads it. A missing header matches all. */
function acceptsAnswer(accept: string): boolean {
  if (accept === '') return true;
  const ranges = accept.replaceAll(/\s/g, '').toLowerCase().split(',');
  return ranges.some((range) => {
    const [type = '', ...params] = range.split(';');
    const charset = params.find((param) => param.includes('charset=')) ?? 'charset=utf-8';
    return charset === 'charset=utf-8' && ACCEPTED.has(type);
  });
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
