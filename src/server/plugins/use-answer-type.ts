// The media type of an answer to a query or mutation over HTTP, by `Accept`. Yoga reads neither weights nor specificity, so this
// plugin replaces Yoga's choice. Streams are left to useEventStream, which is later in the list of plugins and may replace this
// choice.
import type { ExecutionResult } from 'graphql';
import { processRegularResult, type Plugin } from 'graphql-yoga';
import { refusalType, singleResultType } from '../http/accept.ts';
import type { OperationContext, TransportContext } from '../operation/context.ts';
import type { TextOf } from '../operation/result-text.ts';
import { multipartResponse, multipartType, singlePart } from '../parts/multipart.ts';

type ResultProcessor = Parameters<
  Parameters<NonNullable<Plugin['onResultProcess']>>[0]['setResultProcessor']
>[0];

/**
 * Sends results as JSON, or as multipart where the client accepts nothing else. Refusals are always JSON. Answers in parts are
 * sent as multipart, unless useEventStream takes them.
 */
export function useAnswerType(textOf: TextOf): Plugin<OperationContext, TransportContext> {
  return {
    onResultProcess(process) {
      const { request, result } = process;
      // The context of the operation, which Yoga keeps in this object.
      const { parts, onStream }: Partial<OperationContext> = process.serverContext;
      if (parts !== undefined) {
        process.setResultProcessor((toSend) => {
          // `parts.answer`, as the plugins behind it pass it on.
          const answer = toSend as AsyncIterable<ExecutionResult>;
          return multipartResponse(answer, parts.form.parameter, request.signal, { textOf, onStream });
        }, 'multipart/mixed');
        return;
      }
      const accept = request.headers.get('accept');
      const isMultipart = singleResultType(accept) === 'multipart/mixed' && hasData(result);
      process.setResultProcessor(
        isMultipart ? processAsMultipart : processRegularResult,
        refusalType(accept),
      );
    },
  };
}

function hasData(result: unknown): boolean {
  return typeof result === 'object' && result !== null && 'data' in result;
}

/** The result as the only part of a multipart answer (RFC 2046). Yoga does not export its own processor. */
const processAsMultipart: ResultProcessor = async (result, fetchAPI) => {
  const json = processRegularResult(result, fetchAPI, 'application/json');
  return new fetchAPI.Response(singlePart(await json.text()), {
    status: json.status,
    headers: { 'content-type': multipartType(null) },
  });
};
