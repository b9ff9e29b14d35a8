// What depends on one operation of a document and on nothing else: its kind, its price, how it is executed. Made once
// for a document that is kept (plans.ts) and then shared by all transports and callers.
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode, OperationTypeNode } from 'graphql';
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

/** One operation of a document that is within the limits. The document need not be valid. */
export class OperationPlan {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly #schema: GraphQLSchema;
  /** The price that every call has, whatever its variables; null: not measured yet, or it depends on them. */
  #constant: MeasuredCost | null = null;

  constructor(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode) {
    this.#schema = schema;
    this.document = document;
    this.operation = operation;
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
