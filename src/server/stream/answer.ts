// The result of one event for all subscriptions of a group, which have equal rights, document, operation and variables. The event
// is executed and its data written once. The result is stored with the event, which lives until the next poll. So a group has no
// state of its own: it is only a key. This is correct because everything on which the result depends is equal within a group:
// src/server/stream/group-key.ts says what is in the key.
import type { ExecutionResult, GraphQLError } from 'graphql';
import type { Told } from '../../live/log/told.ts';
import { wellFormedJson } from '../operation/result-text.ts';
import { WrittenData } from '../operation/written-data.ts';

/** How answers are made. */
export interface AnswerOptions {
  /** Resolves an event for the group; may answer without a promise. */
  resolve(event: object): ExecutionResult | Promise<ExecutionResult>;
  /** The points of the objects in the data of a result. */
  countObjects(data: unknown): number;
  /** Masks an error of a result. */
  mask(error: unknown): GraphQLError;
}

/** An answer that may still be under way. */
export class Answer {
  /** The event's cursor; null: it has none. */
  readonly cursor: string | null;
  #result: ExecutionResult | null = null;
  #waiting: (() => void)[] = [];
  readonly #written = new Map<string, readonly Buffer[]>();

  constructor(cursor: string | null) {
    this.cursor = cursor;
  }

  /** The result; its errors are masked, its data are written. Null: not yet. */
  get result(): ExecutionResult | null {
    return this.#result;
  }

  /** Calls `callback` when there is a result. */
  whenReady(callback: () => void): void {
    this.#waiting.push(callback);
  }

  /** The answer as bytes of one kind, for all subscriptions of the group; undefined: nobody has made them. */
  bytesOf(kind: string): readonly Buffer[] | undefined {
    return this.#written.get(kind);
  }

  /** Keeps the bytes of one kind, and returns them. */
  keep(kind: string, bytes: readonly Buffer[]): readonly Buffer[] {
    this.#written.set(kind, bytes);
    return bytes;
  }

  /** To be called once. */
  settle(result: ExecutionResult): void {
    this.#result = result;
    for (const callback of this.#waiting.splice(0)) callback();
  }
}

/** The answer to an event for the group of this key. The first caller resolves the event, and pays for REST calls. */
export function answerTo(told: Told<object>, key: string, options: AnswerOptions): Answer {
  // Under the key of a group there are answers only.
  const known = told.answers.get(key) as Answer | undefined;
  if (known !== undefined) return known;
  const answer = new Answer(told.cursor);
  told.answers.set(key, answer);
  const fail = (error: unknown) => answer.settle({ errors: [options.mask(error)] });
  try {
    const result = options.resolve(told.event);
    if (result instanceof Promise) result.then((settled) => answer.settle(written(settled, options)), fail);
    else answer.settle(written(result, options));
  } catch (error) {
    fail(error);
  }
  return answer;
}

/** The result with masked errors, and its data as text. Data that JSON cannot express become an error. */
function written({ data, errors }: ExecutionResult, options: AnswerOptions): ExecutionResult {
  const masked = errors?.map((error) => options.mask(error));
  if (data == null || data instanceof WrittenData) return resultOf(data, masked);
  try {
    const text = wellFormedJson(JSON.stringify(data));
    // `data` is an object for GraphQL's types; its text takes its place.
    const asText = new WrittenData(text, () => options.countObjects(data)) as unknown as Record<
      string,
      unknown
    >;
    return resultOf(asText, masked);
  } catch (error) {
    return { errors: [options.mask(error)] };
  }
}

function resultOf(
  data: ExecutionResult['data'] | undefined,
  errors: readonly GraphQLError[] | undefined,
): ExecutionResult {
  return { ...(errors === undefined ? {} : { errors }), ...(data === undefined ? {} : { data }) };
}
