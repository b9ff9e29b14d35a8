// Compresses the JSON answers of Yoga; see http/compression.ts.
import type { Plugin } from 'graphql-yoga';
import { codingFor, compressed } from '../http/compression.ts';

/** Compresses JSON, where the client accepts it. Event streams and multipart answers pass as they are. */
export function useCompression(): Plugin {
  return {
    async onResponse(answer) {
      const { request, response, fetchAPI } = answer;
      const { headers } = response;
      if (!/\bjson\b/.test(headers.get('content-type') ?? '')) return;
      headers.append('vary', 'Accept-Encoding');
      const accepted = request.headers.get('accept-encoding');
      if (accepted === null) return;
      const text = await response.text();
      const coding = codingFor(accepted, text.length);
      const body = coding === null ? text : await compressed(text, coding);
      headers.set('content-length', String(Buffer.byteLength(body)));
      if (coding !== null) headers.set('content-encoding', coding);
      const { status, statusText } = response;
      answer.setResponse(new fetchAPI.Response(body, { status, statusText, headers }));
    },
  };
}
