// Everything that depends only on one operation of a document: its kind, its price, how it is executed. It is computed once for a
// cached document (plans.ts), and shared by all transports and callers.
import {
  OperationTypeNode,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { compileOperation, type CompiledOperation } from '../../executor/compile.ts';
import type { TextBudget } from '../../executor/kept-texts.ts';
import { weightOf } from '../operation/field-price.ts';
import {
  variablesFit,
  measureCost,
  type MeasuredCost,
  type OperationCost,
} from '../operation/operation-cost.ts';
import { countObjects, ObjectCounter } from '../operation/result-objects.ts';
import { WrittenData } from '../operation/written-data.ts';

/** Values of variables as a client sent them. */
export type RawVariables = Readonly<Record<string, unknown>>;

const NO_VARIABLES: RawVariables = {};

/** Whether a document is kept, set by plans.ts. All of its operations share it. */
export interface Keeping {
  /** Called with the memory that its plans take from now on; null if the document is not kept. */
  reserve: ((bytes: number) => void) | null;
  /** The memory of the texts that all compiled plans keep. */
  readonly texts: TextBudget;
}

/** A document in two forms; both are the same object if it has neither `@defer` nor `@stream`. */
export interface Documents {
  readonly document: DocumentNode;
  /** The form without the two directives, for an answer in one piece. It has the same definitions in the same order. */
  readonly whole: DocumentNode;
}

/** One operation of a document that is within the limits. The document need not be valid. */
export class OperationPlan implements Documents {
  readonly document: DocumentNode;
  readonly whole: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly #schema: GraphQLSchema;
  /** The price that every call has, whatever its variables; null: not measured yet, or it depends on them. */
  #constant: MeasuredCost | null = null;
  #compiled: CompiledOperation | 'none' | null = null;
  readonly #keeping: Keeping;

  constructor(
    schema: GraphQLSchema,
    { document, whole }: Documents,
    operation: OperationDefinitionNode,
    keeping: Keeping,
  ) {
    this.#schema = schema;
    this.#keeping = keeping;
    this.document = document;
    this.whole = whole;
    this.operation = operation;
  }

  /**
   * The compiled plan, made when it is first read. Null if graphql-js executes the operation, or if its document is not kept, so
   * that the plan would be used only once.
   */
  get compiled(): CompiledOperation | null {
    const { reserve } = this.#keeping;
    if (reserve === null) return null;
    this.#compiled ??= this.#compile(reserve);
    return this.#compiled === 'none' ? null : this.#compiled;
  }

  #compile(reserve: (bytes: number) => void): CompiledOperation | 'none' {
    const countObjects = (data: unknown) => this.countObjects(data);
    const options = { weightOf, countObjects, texts: this.#keeping.texts, onGrowth: reserve };
    const index = this.document.definitions.indexOf(this.operation);
    const operation = this.whole.definitions[index] as OperationDefinitionNode; // see `Documents`
    return compileOperation(this.#schema, this.whole, operation, options) ?? 'none';
  }

  /** Whether its client may get the answer in parts: it is a query, in a document with `@defer` or `@stream`. */
  get hasParts(): boolean {
    return this.kind === OperationTypeNode.QUERY && this.whole !== this.document;
  }

  /** Whether it is a query, a mutation or a subscription. */
  get kind(): OperationTypeNode {
    return this.operation.operation;
  }

  /** The maximum cost of the operation with these variables; the document must be valid. See `measureCost`. */
  costOf(variables: RawVariables | null | undefined): OperationCost {
    const priced = {
      schema: this.#schema,
      document: this.document,
      operation: this.operation,
      variables: variables ?? NO_VARIABLES,
    };
    const constant = this.#constant;
    if (constant !== null && variablesFit(priced)) return constant;
    const cost = measureCost(priced);
    if (cost.isConstant) this.#constant = cost;
    return cost;
  }

  /** Counts the objects of one result that comes in parts. */
  objectCounter(): ObjectCounter {
    return new ObjectCounter({ schema: this.#schema, document: this.document, operation: this.operation });
  }

  /** The points of the objects in `data`, a result of this operation. See `countObjects`. */
  countObjects(data: unknown): number {
    if (data instanceof WrittenData) return data.objects;
    return countObjects(data, { schema: this.#schema, document: this.document, operation: this.operation });
  }
}
