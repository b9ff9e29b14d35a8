// A receiver of traces by OTLP over HTTP, for JSON; of other bodies it keeps the bytes.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { watchAnswer } from './canary.ts';

/** A span as OTLP has it in JSON. */
export interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  /** 1: internal, 2: server, 3: client. */
  readonly kind: number;
  readonly attributes: readonly {
    readonly key: string;
    readonly value: Readonly<Record<string, string | number | boolean>>;
  }[];
  /** `code` 2: an error. */
  readonly status: { readonly code: number; readonly message?: string };
  readonly links?: readonly { readonly traceId: string; readonly spanId: string }[];
}

interface OtlpBody {
  readonly resourceSpans: readonly {
    readonly resource: Pick<OtlpSpan, 'attributes'>;
    readonly scopeSpans: readonly { readonly spans: readonly OtlpSpan[] }[];
  }[];
}

export interface OtlpReceiver extends AsyncDisposable {
  readonly url: string;
  /** All spans so far. */
  readonly spans: readonly OtlpSpan[];
  /** The attributes of the last resource. */
  readonly resource: Readonly<Record<string, unknown>>;
  /** The requests so far. */
  readonly requests: readonly { readonly path: string; readonly type: string; readonly body: Buffer }[];
}

/** The attributes of a span or resource as an object. */
export function attributesOf({
  attributes,
}: Pick<OtlpSpan, 'attributes'>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    attributes.map(({ key, value }) => {
      const [plain] = Object.values(value);
      return [key, 'intValue' in value ? Number(plain) : plain];
    }),
  );
}

export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const spans: OtlpSpan[] = [];
  const requests: OtlpReceiver['requests'][number][] = [];
  let resource: Readonly<Record<string, unknown>> = {};
  const receive = async (request: IncomingMessage, response: ServerResponse) => {
    const body = Buffer.concat(await request.toArray());
    const type = request.headers['content-type'] ?? '';
    requests.push({ path: request.url ?? '', type, body });
    watchAnswer(body.toString('latin1'));
    if (type === 'application/json') {
      const { resourceSpans } = JSON.parse(body.toString()) as OtlpBody;
      for (const each of resourceSpans) {
        resource = attributesOf(each.resource);
        spans.push(...each.scopeSpans.flatMap((scope) => scope.spans));
      }
    }
    response.writeHead(200, { 'content-type': type }).end(type === 'application/json' ? '{}' : '');
  };
  const server = createServer((request, response) => void receive(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    spans,
    requests,
    get resource() {
      return resource;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
