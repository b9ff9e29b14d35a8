// What depends on one operation of a document and on nothing else: its kind, its price, how it is executed. Made once
// for a document that is kept (plans.ts) and then shared by all transports and callers.
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode, OperationTypeNode } from 'graphql';
import { compileOperation, type CompiledOperation } from '../../executor/compile.ts';
import type { TextBudget } from '../../executor/kept-texts.ts';
import { weightOf } from '../operation/field-price.ts';
import {
  variablesFit,
  measureCost,
  type MeasuredCost,
  type OperationCost,
} from '../operation/operation-cost.ts';
import { countObjects } from '../operation/result-objects.ts';
import { WrittenData } from '../operation/written-data.ts';

/** Values of variables as a client sent them. */
export type RawVariables = Readonly<Record<string, unknown>>;

const NO_VARIABLES: RawVariables = {};

/** Whether a document is kept, set by plans.ts. All of its operations share it. */
export interface Keeping {
  /** Counts memory that its plans take from now on; null: it is not kept. */
  reserve: ((bytes: number) => void) | null;
  /** The memory of the texts that all compiled plans keep. */
  readonly texts: TextBudget;
}

/** One operation of a document that is within the limits. The document need not be valid. */
export class OperationPlan {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly #schema: GraphQLSchema;
  /** The price that every call has, whatever its variables; null: not measured yet, or it depends on them. */
  #constant: MeasuredCost | null = null;
  #compiled: CompiledOperation | 'none' | null = null;
  readonly #keeping: Keeping;

  constructor(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    keeping: Keeping,
  ) {
    this.#schema = schema;
    this.#keeping = keeping;
    this.document = document;
    this.operation = operation;
  }

  /**
   * The compiled plan, made when it is first read; null: it is left to graphql-js, or its document is not kept and a plan
   * would serve one operation only.
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
    return compileOperation(this.#schema, this.document, this.operation, options) ?? 'none';
  }

  /** Whether it is a query, a mutation or a subscription. */
  get kind(): OperationTypeNode {
    return this.operation.operation;
  }

  /** The most that the operation may cost with these variables; the document must be valid. See `measureCost`. */
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

  /** The points of the objects in `data`, a result of this operation. See `countObjects`. */
  countObjects(data: unknown): number {
    if (data instanceof WrittenData) return data.objects;
    return countObjects(data, { schema: this.#schema, document: this.document, operation: this.operation });
  }
}
