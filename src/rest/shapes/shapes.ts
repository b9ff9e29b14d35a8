// Checks the answers of the REST API. Each operation's check comes from the OpenAPI document, made lenient because the vendor
// deviates from its documentation: unknown keys, unknown enum values and other formats are accepted, and any key may be missing
// or null except the essential keys, which each resource declares beside its endpoint functions. An answer that passes is neither
// copied nor changed; an answer that fails is repaired if possible (repair.ts).
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import type { JsonSchema } from '../../openapi/document.ts';
import { openApiDocument } from '../../openapi/document.ts';
import { lenientSchemas, type Essentials } from './lenient.ts';
import { repaired, type LenientSchemas, type Repair } from './repair.ts';

/** The check of one operation's answer. */
export interface Shape<T> {
  /** Empty for answers without content. */
  readonly operationId: string;
  /**
   * Returns a parsed answer (undefined: no body) under its type. An answer that fails the check is repaired; `onRepair`
   * gets the key and the action of each repair.
   * @throws ShapeError if the answer cannot be repaired
   */
  read(answer: unknown, onRepair?: (repair: Repair) => void): T;
  /**
   * The code of an error that was sent under a good status: a number from 400 on, without any documented key of the good
   * answer. Undefined for every other answer.
   */
  errorCodeIn(answer: unknown): number | undefined;
}

/** How the answers of a resource are read. */
interface AnswerOptions {
  /**
   * Whether callers write the answer back as a whole. Then it is repaired only by conversions that lose nothing: the
   * write would delete values that were left out or nulled. Default false.
   */
  readonly isWrittenBack?: boolean;
  /** Whether `{}` is documented as a good answer to a write, or to a read that is written back. Default false. */
  readonly mayBeEmpty?: boolean;
}

/** An answer that does not pass its check. The message names the place and the rule; it does not quote the value. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
}

/** For answers without content, such as a 204. Accepts everything and returns undefined. */
export const noContent: Shape<void> = {
  operationId: '',
  read: () => undefined,
  errorCodeIn: (answer) => errorCodeIn(answer, new Set()),
};

const answerSchemas = new Map<string, JsonSchema>();
const writes = new Set<string>();
for (const item of Object.values(openApiDocument.paths)) {
  for (const operation of [item.get, item.post, item.delete]) {
    const response = operation?.responses['200'] ?? operation?.responses['201'];
    const schema = response?.content?.['application/json']?.schema;
    if (operation === undefined || schema === undefined) continue;
    answerSchemas.set(operation.operationId, schema);
    if (operation !== item.get) writes.add(operation.operationId);
  }
}

/** The first declared shape of each operation, by operation id. */
const declared = new Map<string, Shape<unknown>>();

/**
 * Declares the shape of an operation's successful answer (200 or 201).
 * @throws Error if the OpenAPI document has no such operation, or documents no body for its answer
 */
type AnswerOf = <T>(operationId: string) => Shape<T>;

/**
 * Returns the function with which a resource declares the shapes of its answers. Declare all of them at import: the
 * checks are compiled at the first answer, and a shape that is declared later throws when it is used.
 * @param essentials the keys without which these answers are refused
 */
export function answersWith(essentials: Essentials, options: AnswerOptions = {}): AnswerOf {
  const answers = new Map<string, JsonSchema>();
  let compiled: { readonly validators: Ajv2020; readonly schemas: LenientSchemas } | null = null;
  const checkOf = (operationId: string): Check => {
    compiled ??= compile(answers, essentials);
    const { validators, schemas } = compiled;
    const validate = validators.getSchema(`rest#/$defs/${operationId}`);
    if (validate === undefined)
      throw new Error(`the answer of ${operationId} was declared after the first answer`);
    const mustTell = writes.has(operationId) || options.isWrittenBack === true;
    return { validate, schema: schemas[operationId] ?? {}, schemas, mustTell, ...options };
  };
  return <T>(operationId: string): Shape<T> => {
    const schema = answerSchemas.get(operationId);
    if (schema === undefined) throw new Error(`no answer is documented for ${operationId}`);
    answers.set(operationId, schema);
    let check: Check | null = null;
    const shape = shapeBy<T>(operationId, schema, () => (check ??= checkOf(operationId)));
    if (!declared.has(operationId)) declared.set(operationId, shape);
    return shape;
  };
}

function compile(answers: ReadonlyMap<string, JsonSchema>, essentials: Essentials) {
  const schemas = lenientSchemas(openApiDocument.components.schemas, answers, essentials);
  const ajv = new Ajv2020({ strict: false, validateFormats: false, validateSchema: false });
  return { schemas, validators: ajv.addSchema({ $id: 'rest', $defs: schemas }) };
}

/** The declared shape of an operation's answer, for tests; undefined if no endpoint function has declared it. */
export function declaredAnswerOf(operationId: string): Shape<unknown> | undefined {
  return declared.get(operationId);
}

interface Check extends AnswerOptions {
  /** Whether an answer without any documented key is refused: it does not tell that a write was done. */
  readonly mustTell: boolean;
  readonly validate: ValidateFunction;
  readonly schema: JsonSchema;
  readonly schemas: LenientSchemas;
}

function shapeBy<T>(operationId: string, schema: JsonSchema, checkOf: () => Check): Shape<T> {
  const keys = documentedKeys(schema);
  return {
    operationId,
    read(answer, onRepair) {
      if (answer === undefined) throw new ShapeError('the answer is empty');
      const check = checkOf();
      if (check.mustTell && tellsNothing(answer, keys, check))
        throw new ShapeError('the answer has no documented key');
      // The check covers the essential keys. The types of all other keys are trusted as documented.
      return (check.validate(answer) ? answer : repairedBy(check, answer, onRepair)) as T;
    },
    errorCodeIn: (answer) => errorCodeIn(answer, keys),
  };
}

/** Whether an object has none of the documented keys; true for `{}`, unless that is documented. */
function tellsNothing(answer: unknown, keys: ReadonlySet<string>, { mayBeEmpty = false }: AnswerOptions) {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer) || keys.size === 0) return false;
  const received = Object.keys(answer);
  return received.length === 0 ? !mayBeEmpty : !received.some((key) => keys.has(key));
}

/** @throws ShapeError with the answer's first fault if it can't be repaired */
function repairedBy(check: Check, answer: unknown, onRepair?: (repair: Repair) => void): unknown {
  const { validate, schema, schemas, isWrittenBack = false } = check;
  const fault = new ShapeError(faultOf(validate));
  const result = repaired(answer, schema, schemas);
  if (result === undefined || !validate(result.answer)) throw fault;
  if (isWrittenBack && result.repairs.some(({ action }) => action !== 'converted')) throw fault;
  for (const repair of result.repairs) onRepair?.(repair);
  return result.answer;
}

/** The keys of the vendor's error body: an answer with these keys alone has no data. */
const ERROR_KEYS = new Set(['code', 'message', 'details', 'error', 'status']);

function errorCodeIn(answer: unknown, keys: ReadonlySet<string>): number | undefined {
  if (typeof answer !== 'object' || answer === null || !('code' in answer)) return undefined;
  const { code } = answer;
  if (typeof code !== 'number' || code < 400) return undefined;
  return Object.keys(answer).some((key) => keys.has(key) && !ERROR_KEYS.has(key)) ? undefined : code;
}

/** The documented keys of an answer, those of all alternatives together. */
function documentedKeys(schema: JsonSchema): ReadonlySet<string> {
  const { $ref, properties, allOf, anyOf, oneOf } = schema;
  const named =
    typeof $ref === 'string' ? openApiDocument.components.schemas[$ref.split('/').at(-1) ?? ''] : {};
  const parts = [named ?? {}, ...[allOf, anyOf, oneOf].flat()].filter(
    (part): part is JsonSchema => typeof part === 'object' && part !== null && part !== schema,
  );
  const keys = new Set(Object.keys(properties ?? {}));
  for (const part of parts)
    for (const key of Object.keys(part).length > 0 ? documentedKeys(part) : []) keys.add(key);
  return keys;
}

function faultOf(validate: ValidateFunction): string {
  const [fault] = validate.errors ?? [];
  const at = fault?.instancePath === '' ? 'the answer' : (fault?.instancePath ?? '');
  const rule = fault?.keyword === 'pattern' ? 'is no id' : fault?.message;
  return `${at.slice(0, 200)} ${rule ?? 'is of another shape'}`;
}
