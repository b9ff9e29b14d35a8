// What HTTP needs beyond GraphQL: answers that a client takes, bodies that no form can send, parameters that can be
// read, and that no cache keeps what is answered. It is looked at before a body is read.
import { processRegularResult, type Plugin } from 'graphql-yoga';
import { brokenParameters, notAcceptable, unsupportedBody } from '../refusals.ts';

/** Written as clients write it. Browsers ask before they send this type to another origin. A list of types is none. */
const JSON_BODY = /^application\/json\s*(;|$)/;

/** How operations are answered. */
const ANSWERS = [
  'application/json',
  'application/graphql-response+json',
  'text/event-stream',
  'multipart/mixed',
];
/** What a client may name in `accept`, without blanks: one of them, or several at once. */
const ACCEPTED = new Set([...ANSWERS, ...ANSWERS.map((type) => type.replace(/\/.*/, '/*')), '*/*']);

export function useHttpHygiene(): Plugin {
  return {
    onRequestParse({ request, requestParser, setRequestParser }) {
      const { method, headers } = request;
      // What is found out only when there is an answer comes too late for a mutation.
      if (!acceptsAnswer(headers.get('accept') ?? '')) throw notAcceptable(ANSWERS);
      if (method === 'GET' && requestParser !== undefined) setRequestParser(careful(requestParser));
      if (method !== 'POST') return;
      if (!JSON_BODY.test(headers.get('content-type') ?? '') || headers.has('content-encoding')) {
        throw unsupportedBody();
      }
    },
    onResultProcess(process) {
      // Whoever accepts nothing that there is gets a refusal all the same, and can read it.
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

/** Yoga reads the header in the same way, `q` left aside. Who says nothing accepts anything. */
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

/** Yoga's own parser of a URL, which throws where a parameter is no JSON, and for no other reason. */
function careful(parse: RequestParser): RequestParser {
  return (request) => {
    try {
      return parse(request);
    } catch {
      throw brokenParameters();
    }
  };
}
