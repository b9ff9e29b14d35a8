// Bodies of writes, checked against the OpenAPI document before anything is sent: the vendor's own limits, said once.
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { openApiDocument, type HttpMethod } from '../../openapi/document.ts';

/** What is wrong with one place of a body. */
export interface InputIssue {
  /** Keys and indices from the root of the body, in the vendor's names. */
  readonly path: readonly string[];
  readonly message: string;
}

/** A body that the REST API would refuse by its documentation. Nothing was sent. */
export class RestInputError extends Error {
  override readonly name = 'RestInputError';
  readonly issues: readonly InputIssue[];

  constructor(issues: readonly InputIssue[]) {
    super(issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; '));
    this.issues = issues;
  }
}

const DOCUMENT = 'hms';
const METHODS: readonly HttpMethod[] = ['get', 'post', 'delete'];

let ajv: Ajv2020 | null = null;
const checks = new Map<string, ValidateFunction>();

/**
 * The body itself, once it is what the operation of this id documents.
 * @throws RestInputError with every fault at once; Error for an operation that documents no body.
 */
export function checkedBody<T>(operationId: string, body: T): T {
  const check = checks.get(operationId) ?? compile(operationId);
  if (check(body)) return body;
  throw new RestInputError(issuesOf(check.errors ?? []));
}

function compile(operationId: string): ValidateFunction {
  ajv ??= createValidator();
  const check = ajv.compile({ $ref: `${DOCUMENT}#/${pointerOf(operationId)}` });
  checks.set(operationId, check);
  return check;
}

function createValidator(): Ajv2020 {
  const validator = new Ajv2020({ strict: false, allErrors: true });
  // The package is CommonJS: its function hangs at `default` as the types see it.
  addFormats.default(validator);
  return validator.addSchema({ ...openApiDocument }, DOCUMENT);
}

function pointerOf(operationId: string): string {
  for (const [route, item] of Object.entries(openApiDocument.paths)) {
    const method = METHODS.find((candidate) => item[candidate]?.operationId === operationId);
    if (method === undefined) continue;
    if (item[method]?.requestBody === undefined) break;
    return ['paths', route, method, 'requestBody', 'content', 'application/json', 'schema']
      .map((step) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1')))
      .join('/');
  }
  throw new Error(`no body is documented for ${operationId}`);
}

/** A choice between several schemas reports each that did not fit, and then itself; the parts say enough. */
function issuesOf(errors: readonly ErrorObject[]): InputIssue[] {
  const telling = errors.filter(({ keyword }) => keyword !== 'anyOf' && keyword !== 'allOf');
  return (telling.length > 0 ? telling : errors).map(({ instancePath, params, message, keyword }) => {
    const path = instancePath.split('/').slice(1).map(unescaped);
    if (keyword === 'required')
      return { path: [...path, String(params['missingProperty'])], message: 'is required' };
    return { path, message: message ?? 'is invalid' };
  });
}

function unescaped(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~');
}
