// An answer that comes in parts (`@defer`, `@stream`) on its way to its client, over every transport. Each part is masked,
// counted and written here, so that transports only have to send text. The last part has no data, but the extensions of the whole
// operation: clients such as Apollo Client read extensions only from a part without data.
//
// If the reader stops, the stream of graphql-js is not ended, because its `return` leaves promises of a list unhandled. Instead,
// the listener of `onOver` aborts the operation's signal, by which pending work fails; and graphql-js starts no work for parts
// that are not read.
import type { ExecutionResult, GraphQLError, GraphQLFormattedError } from 'graphql';
import type { AnswerInParts } from '../operation/engine.ts';
import { formatError } from '../operation/mask-errors.ts';
import type { ObjectCounter, ResponsePath } from '../operation/result-objects.ts';
import { WRITTEN, wellFormedJson, type WrittenText } from '../operation/result-text.ts';
import { EndableStream } from '../stream/ending.ts';

/** Options of a `PartedAnswer`; all are required. */
export interface PartedAnswerOptions {
  /** Masks each error. */
  readonly mask: (error: unknown) => GraphQLError;
  /** Counts the objects of the parts. */
  readonly counter: ObjectCounter;
  /** Called with the masked errors of a part. */
  readonly onErrors: (errors: readonly GraphQLError[]) => void;
}

/** A part as its reader gets it: for the pipeline a result without members. */
export type WrittenPart = ExecutionResult & WrittenText;

/** The members of `extensions` that are known when the operation has ended; undefined: none. */
type LateExtensions = () => Readonly<Record<string, unknown>> | undefined;

/** The parts of one answer, in their order. One reader, one `next` at a time. */
export class PartedAnswer extends EndableStream<WrittenPart> {
  readonly #parts: Parts;

  constructor(answer: AnswerInParts, options: PartedAnswerOptions) {
    const parts = new Parts(answer, options);
    super(parts, { onOver: () => parts.over() });
    this.#parts = parts;
  }

  /** The points of the objects in the parts that were read. */
  get objects(): number {
    return this.#parts.objects;
  }

  /** Adds to the extensions of the last part. */
  addExtensions(extensions: LateExtensions): void {
    this.#parts.extensions.push(extensions);
  }

  /** Calls `listener` once, when the last part has been read, or the answer has failed or been abandoned. */
  onOver(listener: () => void): void {
    this.#parts.listeners.push(listener);
  }

  /** Ends the answer with a last part that says so: what is missing fails with `error`. Does nothing if it has its last part. */
  fail(error: GraphQLError): void {
    if (!this.#parts.isComplete) this.end(this.#parts.failing(error));
  }
}

/** One piece of data behind the first part; which members it has depends on the format. */
interface Increment {
  readonly id?: string;
  readonly subPath?: ResponsePath;
  readonly path?: ResponsePath;
  readonly data?: unknown;
  readonly items?: unknown;
  readonly errors?: readonly GraphQLError[];
}

/** A part as graphql-js gives it, of either format. */
interface Part {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLError[];
  readonly pending?: readonly { readonly id: string; readonly path: ResponsePath }[];
  readonly incremental?: readonly Increment[];
  readonly completed?: readonly { readonly id: string; readonly errors?: readonly GraphQLError[] }[];
  readonly hasNext: boolean;
}

type Result = IteratorResult<WrittenPart, undefined>;

class Parts implements AsyncIterableIterator<WrittenPart, undefined> {
  objects = 0;
  readonly extensions: LateExtensions[] = [];
  readonly listeners: (() => void)[] = [];
  readonly #first: Part;
  readonly #rest: AsyncIterator<Part, void>;
  readonly #options: PartedAnswerOptions;
  /** The places of what was announced and is not complete, by id; empty in the format that has no ids. */
  readonly #open = new Map<string, ResponsePath>();
  #next: 'first' | 'rest' | 'last' | 'none' = 'first';

  constructor({ initialResult, subsequentResults }: AnswerInParts, options: PartedAnswerOptions) {
    this.#first = initialResult;
    this.#rest = subsequentResults;
    this.#options = options;
  }

  /** Whether nothing follows what has been given. */
  get isComplete(): boolean {
    return this.#next === 'none';
  }

  async next(): Promise<Result> {
    if (this.#next === 'first') return this.#give(this.#first);
    if (this.#next === 'rest') {
      const { value } = await this.#rest.next();
      // It was ended in the meantime.
      if (this.#next !== 'rest') return { done: true, value: undefined };
      if (
        value !== undefined &&
        (value.hasNext || value.incremental !== undefined || value.completed !== undefined)
      ) {
        return this.#give(value);
      }
      this.#next = 'last';
    }
    return this.#next === 'last' ? { done: false, value: this.#last({}) } : { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Call when nothing more is read. */
  over(): void {
    this.#next = 'none';
    for (const listener of this.listeners.splice(0)) listener();
  }

  /** The last part of an answer that has failed. */
  failing(error: unknown): WrittenPart {
    const errors = this.#masked([error]);
    const completed = [...this.#open.keys()].map((id) => ({ id, errors }));
    return this.#last(completed.length === 0 ? { errors } : { completed });
  }

  #give(part: Part): Result {
    this.#next = part.hasNext ? 'rest' : 'last';
    try {
      const value = written({ ...this.#withMasked(part), hasNext: true });
      this.#take(part);
      return { done: false, value };
    } catch (error) {
      // The part has a value that JSON cannot express, so the client gets nothing of it.
      return { done: false, value: this.failing(error) };
    }
  }

  #take(part: Part): void {
    for (const { id, path } of part.pending ?? []) this.#open.set(id, path);
    this.#count(part);
    for (const { id } of part.completed ?? []) this.#open.delete(id);
  }

  #count({ data, incremental = [] }: Part): void {
    const { counter } = this.#options;
    if (data != null) this.objects += counter.inData(data, []);
    for (const {
      id = '',
      subPath = [],
      path = [...(this.#open.get(id) ?? []), ...subPath],
      data,
      items,
    } of incremental) {
      if (data != null) this.objects += counter.inData(data, path);
      if (items != null) this.objects += counter.inItems(items, path);
    }
  }

  #withMasked(part: Part): object {
    const masked = <Member extends { readonly errors?: readonly GraphQLError[] }>(member: Member) =>
      member.errors === undefined ? member : { ...member, errors: this.#masked(member.errors) };
    const { incremental, completed } = part;
    return {
      ...masked(part),
      ...(incremental === undefined ? {} : { incremental: incremental.map(masked) }),
      ...(completed === undefined ? {} : { completed: completed.map(masked) }),
    };
  }

  #masked(errors: readonly unknown[]): readonly GraphQLFormattedError[] {
    const { mask, onErrors } = this.#options;
    const masked = errors.map(mask);
    onErrors(masked);
    return masked.map(formatError);
  }

  #last(members: object): WrittenPart {
    this.#next = 'none';
    const extensions = Object.assign({}, ...this.extensions.map((of) => of()));
    return written({
      ...members,
      hasNext: false,
      ...(Object.keys(extensions).length === 0 ? {} : { extensions }),
    });
  }
}

/** Throws as `JSON.stringify` does. */
function written(part: object): WrittenPart {
  return { [WRITTEN]: wellFormedJson(JSON.stringify(part)) };
}
