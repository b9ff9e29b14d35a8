// Checks the answers of the REST API. Each operation's check comes from the OpenAPI document, made lenient because the
// vendor deviates from its documentation: unknown keys, unknown enum values and other formats pass, and any key may be
// missing or null except the essential keys, which each resource declares beside its endpoint functions.
// An answer is neither copied nor changed.
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import type { JsonSchema } from '../../openapi/document.ts';
import { openApiDocument } from '../../openapi/document.ts';
import { lenientSchemas, type Essentials } from './lenient.ts';

/** The check of one operation's answer. */
export interface Shape<T> {
  /** Returns a parsed answer (undefined: no body) under its type. @throws ShapeError if the answer does not pass */
  read(answer: unknown): T;
}

/** An answer that does not pass its check. The message names the place and the rule; it does not quote the value. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
}

/** For answers without content, such as a 204. Accepts everything and returns undefined. */
export const noContent: Shape<void> = { read: () => undefined };

const answerSchemas = new Map<string, JsonSchema>();
for (const item of Object.values(openApiDocument.paths)) {
  for (const operation of [item.get, item.post, item.delete]) {
    const response = operation?.responses['200'] ?? operation?.responses['201'];
    const schema = response?.content?.['application/json']?.schema;
    if (operation !== undefined && schema !== undefined) answerSchemas.set(operation.operationId, schema);
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

/** The declared shape of an operation's answer, for tests; undefined if no endpoint function has declared it. */
export function declaredAnswerOf(operationId: string): Shape<unknown> | undefined {
  return declared.get(operationId);
}

function shapeBy<T>(validator: () => ValidateFunction): Shape<T> {
  return {
    read(answer) {
      if (answer === undefined) throw new ShapeError('the answer is empty');
      const validate = validator();
      if (!validate(answer)) throw new ShapeError(faultOf(validate));
      // The check covers the essential keys. The types of all other keys are the documentation's word.
      return answer as T;
    },
  };
}

function faultOf(validate: ValidateFunction): string {
  const [fault] = validate.errors ?? [];
  const at = fault?.instancePath === '' ? 'the answer' : (fault?.instancePath ?? '');
  return `${at.slice(0, 200)} ${fault?.message ?? 'is of another shape'}`;
}
