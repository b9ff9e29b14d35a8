// Operations that were written down beforehand, by their hash: a gateway that has such a list runs nothing else.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parse, stripIgnoredCharacters, validate, type GraphQLSchema } from 'graphql';
import { notPersisted, unknownVersion } from '../refusals.ts';

/** An operation as a client sends it. */
export interface OperationParams {
  readonly query?: unknown;
  /** `sha256:` may stand in front. */
  readonly documentId?: unknown;
  /** `persistedQuery.sha256Hash` names the operation as well; its `version` is 1. */
  readonly extensions?: unknown;
}

export interface PersistedOperations {
  /**
   * The text of the operation that is asked for by its hash, or by a text that differs in blanks and comments alone.
   * A hash goes before a text, and a text of more than four times the length of the longest is not looked at.
   * @throws GraphQLError with the code PERSISTED_OPERATION_ONLY where it is not among those that may run, BAD_USER_INPUT
   * where the version of `persistedQuery` is not 1.
   */
  textOf(params: OperationParams): string;
}

/** A manifest cannot be used. `faults` has every one; of what is no manifest nothing is shown. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError';
  readonly faults: readonly string[];

  constructor(path: string, faults: readonly string[]) {
    const list = faults.map((fault) => `  - ${fault}`).join('\n');
    super(`The persisted operations (GATEWAY_PERSISTED_OPERATIONS, ${path}) cannot be used:\n${list}`);
    this.faults = faults;
  }
}

/**
 * Reads a manifest: JSON with each document under its SHA-256 in hex, as `npm run codegen` writes it.
 * @throws ManifestError with every fault at once: of the file, which may not be empty either, of hashes, of documents
 * that `schema` does not answer.
 */
export function readPersistedOperations(path: string, schema: GraphQLSchema): PersistedOperations {
  const entries = entriesOf(path);
  const faults = entries.flatMap(([name, text]) => faultsOf(name, text, schema));
  if (faults.length > 0) throw new ManifestError(path, faults);
  const byHash = new Map(entries.map(([name, text]) => [hashIn(name), String(text)]));
  const textIn = textsOf([...byHash.values()]);
  return {
    textOf({ query, documentId, extensions }) {
      const name = documentId ?? hashOf(extensions);
      if (typeof name !== 'string') return textIn(query) ?? refuse();
      const hash = hashIn(name);
      return byHash.get(hash) ?? refuse(hash);
    },
  };
}

/** How much longer than the longest of all a text may be by blanks and comments, which take time to be read. */
const MAX_STRETCH = 4;

/** Finds the text that is meant by one with other blanks and comments. */
function textsOf(texts: readonly string[]): (query: unknown) => string | undefined {
  const maxLength = MAX_STRETCH * Math.max(...texts.map(({ length }) => length));
  const exact = new Set(texts);
  const stripped = new Map(texts.map((text) => [stripIgnoredCharacters(text), text]));
  return (query) => {
    if (typeof query !== 'string' || query.length > maxLength) return undefined;
    return exact.has(query) ? query : stripped.get(withoutBlanks(query));
  };
}

function entriesOf(path: string): [name: string, text: unknown][] {
  const manifest = jsonOf(path);
  if (typeof manifest !== 'object' || manifest === null || Array.isArray(manifest)) {
    throw new ManifestError(path, ['it is no JSON object']);
  }
  const entries = Object.entries(manifest);
  if (entries.length === 0)
    throw new ManifestError(path, ['it has no operations, so that nothing would run']);
  return entries;
}

function jsonOf(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new ManifestError(path, [error instanceof Error ? error.message : String(error)]);
  }
  try {
    return JSON.parse(text);
  } catch {
    // What the parser says would show a part of the file, which may be another one with secrets.
    throw new ManifestError(path, ['it is no JSON']);
  }
}

function faultsOf(name: string, text: unknown, schema: GraphQLSchema): readonly string[] {
  if (typeof text !== 'string' || createHash('sha256').update(text).digest('hex') !== hashIn(name)) {
    return [`${name} is not the SHA-256 of its document`];
  }
  try {
    return validate(schema, parse(text)).map(({ message }) => `${name}: ${message}`);
  } catch (error) {
    return [`${name}: ${error instanceof Error ? error.message : String(error)}`];
  }
}

function refuse(hash?: string): never {
  throw notPersisted(hash);
}

function hashIn(name: string): string {
  return name.replace(/^sha256:/, '');
}

/** The only version that there is; clients may leave it out. */
const VERSION = 1;

function hashOf(extensions: unknown): unknown {
  const persistedQuery = memberOf(extensions, 'persistedQuery');
  if ((memberOf(persistedQuery, 'version') ?? VERSION) !== VERSION) throw unknownVersion(VERSION);
  return memberOf(persistedQuery, 'sha256Hash');
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** What is no document is none of those that are known. */
function withoutBlanks(query: string): string {
  try {
    return stripIgnoredCharacters(query);
  } catch {
    return '';
  }
}
