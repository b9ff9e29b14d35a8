// Loads the OpenAPI 3.1 document of the REST API. The checks of bodies and answers, the sandbox and the tests use it.
// `hms.openapi.json` is maintained by hand from the vendor's public documentation; `types.ts` is generated from it.
import { readFileSync } from 'node:fs';

/** A JSON Schema (draft 2020-12) as OpenAPI 3.1 uses it. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

/** The schema of a body in one media type. */
interface MediaType {
  readonly schema?: JsonSchema;
}

/** The documented response of one status. */
export interface ResponseObject {
  /** Set if the response is one of `components.responses`; the other keys are absent then. */
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, MediaType>>;
}

/** A documented parameter of an operation or path. */
export interface ParameterObject {
  /** Set if the parameter is one of `components.parameters`; the other keys are absent then. */
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
  /** Where the operation is documented, if the vendor's reference lacks it. */
  readonly 'x-documented'?: string;
  /** Empty for an operation that needs no token. Absent: the document's default, the management token. */
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly ParameterObject[];
  readonly requestBody?: {
    readonly required?: boolean;
    readonly content: Readonly<Record<string, MediaType>>;
  };
  readonly responses: Readonly<Record<string, ResponseObject>>;
}

/** The methods of the REST API. It has no PUT or PATCH: updates are POST requests. */
export type HttpMethod = 'get' | 'post' | 'delete';

/** The operations of one path, and the parameters that all of them have. */
export type PathItem = Readonly<Partial<Record<HttpMethod, OperationObject>>> & {
  readonly parameters?: readonly ParameterObject[];
};

/** The parts of the document that the project reads. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly parameters: Readonly<Record<string, ParameterObject>>;
    readonly responses: Readonly<Record<string, ResponseObject>>;
  };
}

/** The document, read once at import. Not a JSON module: its literal type would slow down the compiler. */
export const openApiDocument = JSON.parse(
  readFileSync(new URL('./hms.openapi.json', import.meta.url), 'utf8'),
) as OpenApiDocument;
