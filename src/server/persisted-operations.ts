// Operations that were written down beforehand, by their hash: a gateway that has such a list runs nothing else.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { stripIgnoredCharacters } from 'graphql';
import { notPersisted } from './refusals.ts';

/** An operation as a client sends it. */
export interface OperationParams {
  readonly query?: unknown;
  /** `sha256:` may stand in front. */
  readonly documentId?: unknown;
  /** `persistedQuery.sha256Hash` names the operation as well. */
  readonly extensions?: unknown;
}

export interface PersistedOperations {
  /**
   * The text of the operation that is asked for by its hash, or by a text that differs in blanks and comments alone.
   * @throws GraphQLError with the code PERSISTED_OPERATION_ONLY where it is not among those that may run.
   */
  textOf(params: OperationParams): string;
}

/**
 * Reads a manifest: JSON with each document under its SHA-256 in hex, as `npm run codegen` writes it.
 * @throws Error that names the file and what is wrong with it.
 */
export function readPersistedOperations(path: string): PersistedOperations {
  try {
    return persistedOperations(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`GATEWAY_PERSISTED_OPERATIONS (${path}) cannot be used: ${reason}`, { cause: error });
  }
}

function persistedOperations(manifest: unknown): PersistedOperations {
  if (typeof manifest !== 'object' || manifest === null || Array.isArray(manifest)) {
    throw new Error('it is no JSON object');
  }
  const byHash = new Map<string, string>();
  const byText = new Map<string, string>();
  for (const [name, text] of Object.entries(manifest)) {
    const hash = hashIn(name);
    if (typeof text !== 'string' || createHash('sha256').update(text).digest('hex') !== hash) {
      throw new Error(`${name} is not the SHA-256 of its document`);
    }
    byHash.set(hash, text);
    byText.set(stripIgnoredCharacters(text), text);
  }
  return {
    textOf({ query, documentId, extensions }) {
      const name = documentId ?? hashOf(extensions);
      const text = typeof name === 'string' ? byHash.get(hashIn(name)) : byText.get(withoutBlanks(query));
      if (text === undefined) throw notPersisted();
      return text;
    },
  };
}

function hashIn(name: string): string {
  return name.replace(/^sha256:/, '');
}

function hashOf(extensions: unknown): unknown {
  const persistedQuery = memberOf(extensions, 'persistedQuery');
  return memberOf(persistedQuery, 'sha256Hash');
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** What is no document is none of those that are known. */
function withoutBlanks(query: unknown): string {
  try {
    return typeof query === 'string' ? stripIgnoredCharacters(query) : '';
  } catch {
    return '';
  }
}
