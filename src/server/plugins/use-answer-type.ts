// The media type of a single result over HTTP, by `Accept`. Yoga reads neither weights nor specificity, so this plugin
// replaces Yoga's choice. Streams are left to useEventStream, which comes later in the list and may replace this choice.
import { processRegularResult, type Plugin } from 'graphql-yoga';
import { refusalType, singleResultType } from '../http/accept.ts';

type ResultProcessor = Parameters<
  Parameters<NonNullable<Plugin['onResultProcess']>>[0]['setResultProcessor']
>[0];

/** Sends results as JSON, or as multipart where the client accepts nothing else. Refusals are always JSON. */
export function useAnswerType(): Plugin {
  return {
    onResultProcess(process) {
      const { request, result } = process;
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
  const text = `---\r\nContent-Type: application/json; charset=utf-8\r\n\r\n${await json.text()}\r\n-----\r\n`;
  return new fetchAPI.Response(text, {
    status: json.status,
    headers: { 'content-type': 'multipart/mixed; boundary="-"' },
  });
};
