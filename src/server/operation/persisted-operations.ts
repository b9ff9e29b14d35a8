// Persisted operations: a manifest of documents by their SHA-256. A gateway that has one runs no other operations.
// Clients name them as Relay (`documentId`) or as Apollo (`extensions.persistedQuery`) does, or send their text.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Kind, parse, stripIgnoredCharacters, validate, type GraphQLSchema } from 'graphql';
import { parseJsonBytes } from '../http/json-bytes.ts';
import { notPersisted, persistedQueryNotSupported, unknownVersion } from '../refusals.ts';

/** An operation as a client sends it. */
export interface OperationParams {
  /** The text, for clients that send no hash. */
  readonly query?: unknown;
  /** The hash in hex, with or without the prefix `sha256:`. */
  readonly documentId?: unknown;
  /** `persistedQuery.sha256Hash` is the hash in hex, if `documentId` is missing; `version` must be 1 or missing. */
  readonly extensions?: unknown;
}

/** A manifest that has been read. */
export interface PersistedOperations {
  /**
   * The manifest's text for an operation, found by its hash or, without a hash, by a text that differs in white space and
   * comments only. A text of more than four times the length of the manifest's longest is not compared.
   * @throws GraphQLError PERSISTED_OPERATION_ONLY if the manifest does not have it, BAD_USER_INPUT if the version of
   * `persistedQuery` is not 1.
   */
  textOf(params: OperationParams): string;
}

/** A manifest and what it lists. */
export interface Manifest extends PersistedOperations {
  /** The names of its operations. */
  readonly names: ReadonlySet<string>;
}

/** A manifest is invalid. The message lists all faults. If the file is not a manifest, the message repeats nothing of it. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError';
  /** One sentence each, without the path. */
  readonly faults: readonly string[];
  readonly path: string;

  /** `setting`: the name by which the operator names the file. */
  constructor(path: string, faults: readonly string[], setting = 'GATEWAY_PERSISTED_OPERATIONS') {
    const list = faults.map((fault) => `  - ${fault}`).join('\n');
    super(`The persisted operations (${setting}, ${path}) are invalid:\n${list}`);
    this.path = path;
    this.faults = faults;
  }
}

/**
 * Reads a manifest: a JSON object with each document under its SHA-256 in hex, as GraphQL Code Generator's client preset
 * writes it, or the list of operations that Apollo's generator writes.
 * @throws ManifestError with every fault at once: the file cannot be read, is not a JSON object or is empty; a hash is not
 * that of its document; a document is not valid for `schema`.
 */
export function readPersistedOperations(path: string, schema: GraphQLSchema): Manifest {
  const entries = entriesOf(path);
  const faults = entries.flatMap(([name, text]) => faultsOf(name, text, schema));
  if (faults.length > 0) throw new ManifestError(path, faults);
  const byHash = new Map(entries.map(([name, text]) => [hashIn(name), String(text)]));
  const findText = textFinder([...byHash.values()]);
  return {
    names: new Set([...byHash.values()].flatMap(namesIn)),
    textOf({ query, documentId, extensions }) {
      const name = documentId ?? persistedQueryHash(extensions);
      if (typeof name !== 'string') return findText(query) ?? refuse();
      const hash = hashIn(name);
      return byHash.get(hash) ?? refuse(hash);
    },
  };
}

/**
 * For a gateway without a manifest: throws PersistedQueryNotSupported if `params` name an operation by its hash and have no
 * text.
 */
export function refuseHashAlone({ query, documentId, extensions }: OperationParams): void {
  const hasText = query != null && query !== '';
  const hash = documentId ?? memberOf(memberOf(extensions, 'persistedQuery'), 'sha256Hash');
  if (!hasText && hash != null) throw persistedQueryNotSupported();
}

const APOLLO_FORMAT = 'apollo-persisted-query-manifest';

/** A text may be this many times as long as the manifest's longest: stripping white space and comments takes time. */
const MAX_STRETCH = 4;

/** Makes the function that finds the manifest's text that equals `query` apart from white space and comments. */
function textFinder(texts: readonly string[]): (query: unknown) => string | undefined {
  const maxLength = MAX_STRETCH * Math.max(...texts.map(({ length }) => length));
  const exact = new Set(texts);
  const byStripped = new Map(texts.map((text) => [stripIgnoredCharacters(text), text]));
  return (query) => {
    if (typeof query !== 'string' || query.length > maxLength) return undefined;
    return exact.has(query) ? query : byStripped.get(stripped(query));
  };
}

function entriesOf(path: string): [name: string, text: unknown][] {
  const manifest = jsonOf(path);
  if (typeof manifest !== 'object' || manifest === null || Array.isArray(manifest)) {
    throw new ManifestError(path, ['the file is not a JSON object']);
  }
  const entries = apolloEntries(manifest) ?? Object.entries(manifest);
  if (entries.length === 0)
    throw new ManifestError(path, ['the file has no operations, so no operation could run']);
  return entries;
}

/** The operations of a manifest as `@apollo/generate-persisted-query-manifest` writes it; null: it has another form. */
function apolloEntries(manifest: object): [name: string, text: unknown][] | null {
  const operations = memberOf(manifest, 'operations');
  if (memberOf(manifest, 'format') !== APOLLO_FORMAT || !Array.isArray(operations)) return null;
  return operations.map((operation: unknown) => [
    String(memberOf(operation, 'id')),
    memberOf(operation, 'body'),
  ]);
}

function jsonOf(path: string): unknown {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new ManifestError(path, [error instanceof Error ? error.message : String(error)]);
  }
  try {
    return parseJsonBytes(bytes);
  } catch {
    // The parser's message would repeat a part of the file, which may be a file of secrets named by mistake.
    throw new ManifestError(path, ['the file is not JSON']);
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

function namesIn(text: string): readonly string[] {
  return parse(text).definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION && definition.name !== undefined
      ? [definition.name.value]
      : [],
  );
}

function refuse(hash?: string): never {
  throw notPersisted(hash);
}

function hashIn(name: string): string {
  return name.replace(/^sha256:/, '');
}

/** The only version of Apollo's protocol; clients may leave it out. */
const VERSION = 1;

function persistedQueryHash(extensions: unknown): unknown {
  const persistedQuery = memberOf(extensions, 'persistedQuery');
  if ((memberOf(persistedQuery, 'version') ?? VERSION) !== VERSION) throw unknownVersion(VERSION);
  return memberOf(persistedQuery, 'sha256Hash');
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** The text without white space and comments; empty if it cannot be parsed, which equals no document. */
function stripped(query: string): string {
  try {
    return stripIgnoredCharacters(query);
  } catch {
    return '';
  }
}
