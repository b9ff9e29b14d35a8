// Checks the bodies of writes before they are sent. The limits are the vendor's, read from the OpenAPI document.
// Each check is compiled once, at its first use.
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { openApiDocument, type HttpMethod } from '../../openapi/document.ts';
import { ruleOf } from './rules.ts';

/** One fault of a body. */
export interface InputIssue {
  /** Keys and indices from the root of the body, in the vendor's names. */
  readonly path: readonly string[];
  /** The rule that the value breaks, such as `must be string`. Does not quote the value. */
  readonly message: string;
}

/** A body that breaks the documented rules of the REST API. Nothing was sent. */
export class RestInputError extends Error {
  override readonly name = 'RestInputError';
  /** All faults of the body, not only the first. */
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

/** The two parts from which a body was merged, in the body's form. */
export interface MergedFrom {
  /** The value that the vendor has stored; null if there was none. */
  readonly stored: unknown;
  /** The input of the caller. */
  readonly patch: unknown;
}

/**
 * Checks a body against the documented schema of an operation and returns the same object. In a merged body only faults of the
 * caller's part count, because the vendor stores, and accepts again, values that its documentation does not allow.
 * @param merged how the body was merged; default: the caller gave all of it
 * @throws RestInputError with all faults of the body; Error if the operation is unknown or documents no body
 */
export function checkedBody<T>(operationId: string, body: T, merged?: MergedFrom): T {
  const issues = faultsOf(operationId, body);
  const counting = merged === undefined ? issues : callersFaults(issues, operationId, merged);
  if (counting.length === 0) return body;
  throw new RestInputError(counting);
}

function faultsOf(operationId: string, body: unknown): readonly InputIssue[] {
  const check = checks.get(operationId) ?? compile(operationId);
  return check(body) ? [] : issuesOf(check.errors ?? []);
}

/** Faults of values that the caller gave, and faults that the stored value does not have by itself. */
function callersFaults(
  issues: readonly InputIssue[],
  operationId: string,
  { stored, patch }: MergedFrom,
): readonly InputIssue[] {
  if (stored === null || issues.length === 0) return issues;
  const keyOf = ({ path, message }: InputIssue) => JSON.stringify([path, message]);
  const known = new Set(faultsOf(operationId, stored).map(keyOf));
  return issues.filter((issue) => isGiven(issue.path, patch) || !known.has(keyOf(issue)));
}

/** Whether the caller gave the value at `path`. An object counts as merged, not as given; a list is never merged. */
function isGiven(path: readonly string[], patch: unknown): boolean {
  let value = patch;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return false;
    value = Reflect.get(value, step);
  }
  return typeof value !== 'object' || value === null || Array.isArray(value);
}

function compile(operationId: string): ValidateFunction {
  ajv ??= createValidator();
  const check = ajv.compile({ $ref: `${DOCUMENT}#/${pointerOf(operationId)}` });
  checks.set(operationId, check);
  return check;
}

function createValidator(): Ajv2020 {
  // That the document's schemas are valid is tested, so the first write does not check them.
  const validator = new Ajv2020({ strict: false, allErrors: true, validateSchema: false });
  // The package is CommonJS: TypeScript sees its function as the property `default`.
  addFormats.default(validator);
  // The document gives peer ids this format, but client SDKs make them, and not all are UUIDs.
  validator.addFormat('uuid', true);
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

/**
 * A choice between schemas reports the faults of each alternative and then itself. Its own report adds nothing, and neither does
 * that of the alternative null.
 */
function issuesOf(errors: readonly ErrorObject[]): InputIssue[] {
  const specific = errors.filter(
    ({ keyword, params }) =>
      keyword !== 'anyOf' && keyword !== 'allOf' && !(keyword === 'type' && params['type'] === 'null'),
  );
  return (specific.length > 0 ? specific : errors).map((error) => {
    const path = error.instancePath.split('/').slice(1).map(unescaped);
    if (error.keyword === 'required')
      return { path: [...path, String(error.params['missingProperty'])], message: 'is required' };
    return { path, message: ruleOf(error) };
  });
}

function unescaped(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~');
}
