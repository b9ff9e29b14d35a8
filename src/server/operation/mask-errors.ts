// What of an error reaches a client. Meant errors pass, with a code; whatever else went wrong is masked, with an id
// under which the log has the whole of it.
import { randomUUID } from 'node:crypto';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';

/** Turns a known failure of the services behind the graph into what clients may know of it; null: not known. */
export type TranslateError = (failure: unknown) => GraphQLError | null;

/** The longest message that a client gets, in characters: parsers repeat what they were given. */
const MAX_MESSAGE_LENGTH = 500;

/** A message as a client gets it. It is a copy, for a mere part would keep the whole in memory. */
export function shortened(message: string): string {
  if (message.length <= MAX_MESSAGE_LENGTH) return message;
  return Buffer.from(`${message.slice(0, MAX_MESSAGE_LENGTH)}…`).toString();
}

/** A function that masks an error of a GraphQL operation. It never throws. */
export function createErrorMask(translate: TranslateError, log: Logger): (error: unknown) => GraphQLError {
  return (error) => {
    const failure = originOf(error);
    const translated = translate(failure);
    if (translated !== null) return located(translated.message, translated.extensions, error);
    if (failure instanceof GraphQLError) return meant(failure, error);
    const id = randomUUID();
    log.error({ err: failure, errorId: id }, 'an operation failed unexpectedly');
    // Outside of any field, there is nothing else in the answer.
    const http = error instanceof GraphQLError ? {} : { http: { status: 500 } };
    return located('Something went wrong in the gateway.', { code: 'INTERNAL', id, ...http }, error);
  };
}

/** What was thrown in the first place; GraphQL wraps it to say where. */
function originOf(error: unknown): unknown {
  let origin = error;
  while (origin instanceof GraphQLError && origin.originalError !== undefined) origin = origin.originalError;
  return origin;
}

function meant(failure: GraphQLError, error: unknown): GraphQLError {
  // What GraphQL itself says of an operation before it runs (a variable of a wrong type) carries no code of its own.
  const { code = 'BAD_USER_INPUT', ...extensions } = failure.extensions;
  return located(failure.message, { ...extensions, ...codeOf(code, extensions['http']) }, error);
}

/** Yoga has codes of its own for a request that it cannot read, and a status that then holds for every client. */
function codeOf(code: unknown, http: unknown): Record<string, unknown> {
  if (code === 'REQUEST_ENTITY_TOO_LARGE') return { code: 'LIMIT_EXCEEDED', limit: 'body' };
  if (code !== 'BAD_REQUEST') return { code };
  return { code: 'BAD_USER_INPUT', http: { ...(typeof http === 'object' ? http : {}), spec: false } };
}

function located(message: string, extensions: Record<string, unknown>, error: unknown): GraphQLError {
  const cut = shortened(message);
  // `originalError` may hold the body of the request; it is for the log alone.
  const { originalError: _, ...shown } = extensions;
  if (!(error instanceof GraphQLError)) return new GraphQLError(cut, { extensions: shown });
  const { nodes, source, positions, path } = error;
  return new GraphQLError(cut, { nodes, source, positions, path, extensions: shown });
}

/** An error as a client gets it: without what Yoga notes in it for its own use over HTTP. */
export function shownError(error: GraphQLError): GraphQLFormattedError {
  const { extensions, ...shown } = error.toJSON();
  const { http: _, unexpected: __, ...rest } = extensions ?? {};
  return { ...shown, extensions: rest };
}
