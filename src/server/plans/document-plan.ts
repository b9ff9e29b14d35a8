// Everything that depends only on the text of a document: the parsed document, its validity, and a plan for each of its
// operations.
import { Kind, type DocumentNode, type GraphQLError, type GraphQLSchema } from 'graphql';
import type { TextBudget } from '../../executor/kept-texts.ts';
import { faultsOf } from './faults.ts';
import { OperationPlan, type Documents, type Keeping } from './operation-plan.ts';
import { withoutParts } from './without-parts.ts';

/** A document that is within the limits. */
export class DocumentPlan implements Documents {
  readonly document: DocumentNode;
  readonly whole: DocumentNode;
  readonly #schema: GraphQLSchema;
  readonly #introspection: boolean;
  readonly #operations: readonly OperationPlan[];
  /** Whether it is kept. */
  readonly keeping: Keeping;
  #faults: readonly GraphQLError[] | null = null;

  /** `introspection`: whether clients may query the schema. `texts`: see `Keeping`. */
  constructor(document: DocumentNode, schema: GraphQLSchema, introspection: boolean, texts: TextBudget) {
    this.document = document;
    this.whole = withoutParts(document);
    this.#schema = schema;
    this.#introspection = introspection;
    this.keeping = { reserve: null, texts };
    this.#operations = document.definitions.flatMap((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION
        ? [new OperationPlan(schema, this, definition, this.keeping)]
        : [],
    );
  }

  /** Why the document is not valid; empty: it is. Validated when first read. */
  get faults(): readonly GraphQLError[] {
    this.#faults ??= faultsOf(this.document, this.#schema, this.#introspection);
    return this.#faults;
  }

  /**
   * The plan of the operation that `name` names; null or undefined: of the only one. Undefined: there is no such operation,
   * or more than one without a name to choose by.
   */
  operationNamed(name: unknown): OperationPlan | undefined {
    if (name == null) return this.#operations.length === 1 ? this.#operations[0] : undefined;
    return this.#operations.find(({ operation }) => operation.name?.value === name);
  }
}
