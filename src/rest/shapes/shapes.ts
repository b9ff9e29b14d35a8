// What an answer must look like before the rest of the gateway sees it. The shapes come from the OpenAPI document
// by operation, made lenient as the vendor is loose: unknown keys, unknown enum values and other formats pass, and
// any key may be missing or null except the essential ones, which each resource declares beside its endpoint functions.
// The answer itself is never copied or changed.
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import type { JsonSchema } from '../../openapi/document.ts';
import { openApiDocument } from '../../openapi/document.ts';
import { lenientSchemas, type Essentials } from './lenient.ts';

/** Checks a parsed answer (undefined: no body) and gives it back under its type. */
export interface Shape<T> {
  /** @throws ShapeError */
  read(answer: unknown): T;
}

/** An answer of another shape. The message says where and what was expected, never what was there. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
}

/** For answers that carry nothing, such as a 204; a body is ignored. */
export const nothing: Shape<void> = { read: () => undefined };

const answerSchemas = new Map<string, JsonSchema>();
for (const item of Object.values(openApiDocument.paths)) {
  for (const operation of [item.get, item.post, item.delete]) {
    const response = operation?.responses['200'] ?? operation?.responses['201'];
    const schema = response?.content?.['application/json']?.schema;
    if (operation !== undefined && schema !== undefined) answerSchemas.set(operation.operationId, schema);
  }
}

/** The shape of each operation's answer that an endpoint function has declared. */
const declared = new Map<string, Shape<unknown>>();

/**
 * Declares the shape of an operation's good answer (200, or 201).
 * @throws Error for an operation that the OpenAPI document lacks, or that answers without a body
 */
type AnswerOf = <T>(operationId: string) => Shape<T>;

/**
 * Gives the function by which the endpoint functions of a resource declare the shapes of their answers; `essentials`
 * are the keys without which these are refused. Checks are compiled at the first answer.
 */
export function answersWith(essentials: Essentials): AnswerOf {
  const answers = new Map<string, JsonSchema>();
  let validators: Ajv2020 | null = null;
  const validatorOf = (operationId: string): ValidateFunction => {
    validators ??= validatorsOf(answers, essentials);
    const validate = validators.getSchema(`rest#/$defs/${operationId}`);
    if (validate === undefined)
      throw new Error(`the answer of ${operationId} was declared after the first answer`);
    return validate;
  };
  return <T>(operationId: string): Shape<T> => {
    const schema = answerSchemas.get(operationId);
    if (schema === undefined) throw new Error(`no answer is documented for ${operationId}`);
    answers.set(operationId, schema);
    let validate: ValidateFunction | null = null;
    const shape = shapeBy<T>(() => (validate ??= validatorOf(operationId)));
    if (!declared.has(operationId)) declared.set(operationId, shape);
    return shape;
  };
}

function validatorsOf(answers: ReadonlyMap<string, JsonSchema>, essentials: Essentials): Ajv2020 {
  return new Ajv2020({ strict: false, validateFormats: false, validateSchema: false }).addSchema({
    $id: 'rest',
    $defs: lenientSchemas(openApiDocument.components.schemas, answers, essentials),
  });
}

/** The declared shape of an operation's answer; undefined where no endpoint function has declared one. */
export function declaredAnswerOf(operationId: string): Shape<unknown> | undefined {
  return declared.get(operationId);
}

function shapeBy<T>(validator: () => ValidateFunction): Shape<T> {
  return {
    read(answer) {
      if (answer === undefined) throw new ShapeError('the answer is empty');
      const validate = validator();
      if (!validate(answer)) throw new ShapeError(faultOf(validate));
      // The check above covers the essential keys; all others are documented to be so.
      return answer as T;
    },
  };
}

function faultOf(validate: ValidateFunction): string {
  const [fault] = validate.errors ?? [];
  const at = fault?.instancePath === '' ? 'the answer' : (fault?.instancePath ?? '');
  return `${at.slice(0, 200)} ${fault?.message ?? 'is of another shape'}`;
}
