// The REST API as data: the OpenAPI 3.1 document that the client's checks, the sandbox and the tests share.
// `hms.openapi.json` is kept by hand from the vendor's public documentation; `types.ts` is generated from it.
import { readFileSync } from 'node:fs';

/** A JSON Schema (draft 2020-12) as OpenAPI 3.1 uses it. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

/** A media type of a body: where its schema hangs. */
interface MediaType {
  readonly schema?: JsonSchema;
}

export interface ResponseObject {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, MediaType>>;
}

export interface ParameterObject {
  readonly $ref?: string;
  readonly name: string;
  readonly in: 'query' | 'path' | 'header';
  readonly required?: boolean;
  readonly schema: JsonSchema;
}

/** One method of one path. `operationId` is unique in the document. */
export interface OperationObject {
  readonly operationId: string;
  readonly tags: readonly string[];
  /** Where it is documented, if the vendor's reference lacks it. */
  readonly 'x-documented'?: string;
  /** Empty for an operation that needs no token; absent where the document's own rule holds. */
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly ParameterObject[];
  readonly requestBody?: {
    readonly required?: boolean;
    readonly content: Readonly<Record<string, MediaType>>;
  };
  readonly responses: Readonly<Record<string, ResponseObject>>;
}

export type HttpMethod = 'get' | 'post' | 'delete';

/** A path with its operations and the parameters they share. */
export type PathItem = Readonly<Partial<Record<HttpMethod, OperationObject>>> & {
  readonly parameters?: readonly ParameterObject[];
};

export interface OpenApiDocument {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly parameters: Readonly<Record<string, ParameterObject>>;
    readonly responses: Readonly<Record<string, ResponseObject>>;
  };
}

// Read at start and not imported: as a module its literal type alone would be half a megabyte for the compiler.
export const openApiDocument = JSON.parse(
  readFileSync(new URL('./hms.openapi.json', import.meta.url), 'utf8'),
) as OpenApiDocument;
