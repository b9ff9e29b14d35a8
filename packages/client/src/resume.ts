// Lets subscriptions continue where they stopped after a reconnect. After a reconnect, clients over WebSocket and server-sent
// events send an operation again with its original variables. Here the variable `after` is always the cursor of the last event
// that arrived, so the gateway neither repeats nor omits an event.
//
// The document must declare `$after: String`, pass it to the field as `after`, and select `cursor` of the events.

/** The variables of one subscription. `after` in them is updated with each event. */
export interface Resume {
  /**
   * A new object with all the initial variables. `after` in it changes with each event, so pass the client this object, not a
   * copy.
   */
  readonly variables: Record<string, unknown>;
  /** Call this with each result of the subscription, `{ data, errors }`. */
  readonly note: (result: unknown) => void;
}

/** Creates them from a copy of the variables of a subscription. `after` in these is where the first connection begins. */
export function resume(variables: object | null | undefined): Resume {
  const current: Record<string, unknown> = { ...variables };
  return {
    variables: current,
    note(result) {
      const cursor = cursorIn(result);
      if (cursor !== null) current['after'] = cursor;
    },
  };
}

/** The cursor of the event in a result of a subscription; null if the result has no event, or `cursor` is not selected. */
export function cursorIn(result: unknown): string | null {
  const data = isObject(result) ? result['data'] : null;
  if (!isObject(data)) return null;
  // A subscription has one root field, which may have any alias.
  const [event] = Object.entries(data).flatMap(([name, value]) => (name === '__typename' ? [] : [value]));
  const cursor = isObject(event) ? event['cursor'] : null;
  return typeof cursor === 'string' ? cursor : null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** Receives the results of a subscription. */
interface Sink {
  next(result: unknown): void;
  error(error: unknown): void;
  complete(): void;
}

/** The methods of a client of `graphql-ws` or `graphql-sse` that are wrapped here. */
interface Resumable {
  subscribe(payload: never, sink: never): () => void;
}

type Payload = Readonly<Record<string, unknown>> & { readonly variables?: object | null };
type Subscribe = (payload: Payload, sink: Sink, ...more: unknown[]) => () => void;

/**
 * Wraps a client of `graphql-ws` or `graphql-sse` so that its subscriptions resume. Use the result like the client itself: in
 * Apollo's `GraphQLWsLink`, urql's `subscriptionExchange` or Relay's `Network`, or by its `subscribe` and `iterate`.
 */
export function resuming<Client extends Resumable>(client: Client): Client {
  const inner = client.subscribe.bind(client) as Subscribe; // payloads and sinks of both clients have this shape
  const subscribe: Subscribe = (payload, sink, ...more) => {
    const { variables, note } = resume(payload.variables);
    const noting: Sink = {
      next(result) {
        note(result);
        sink.next(result);
      },
      error: (error) => sink.error(error),
      complete: () => sink.complete(),
    };
    return inner({ ...payload, variables }, noting, ...more);
  };
  const iterate = (payload: Payload, ...more: unknown[]) =>
    iterated((sink) => subscribe(payload, sink, ...more));
  return { ...client, subscribe, iterate };
}

/**
 * The results as they arrive. The client's own `iterate` cannot be used, because it may have received results that have not been
 * read from it yet. As in the client's, `return` ends the subscription at once, also while a result is awaited.
 */
function iterated(begin: (sink: Sink) => () => void): AsyncIterableIterator<unknown> {
  const results: unknown[] = [];
  let end: { readonly error?: unknown } | null = null;
  let wake = (): void => {};
  const ended = (how: { readonly error?: unknown }): void => {
    end ??= how;
    wake();
  };
  const dispose = begin({
    next(result) {
      results.push(result);
      wake();
    },
    error: (error) => ended({ error }),
    complete: () => ended({}),
  });
  async function* read(): AsyncGenerator<unknown, undefined> {
    for (;;) {
      while (results.length > 0) yield results.shift();
      if (end !== null && 'error' in end) throw end.error;
      if (end !== null) return;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  }
  return Object.assign(read(), {
    return: (): Promise<IteratorReturnResult<undefined>> => {
      dispose();
      ended({});
      return Promise.resolve({ done: true, value: undefined });
    },
  });
}
