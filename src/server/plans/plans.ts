// A cache of document plans by their text, shared by all transports and callers, and limited by memory. A document is cached when
// its text arrives for the second time. So texts that arrive only once, for example from an attacker, do not fill the memory or
// evict documents in use, and only the work for their one operation is done.
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import { mapKey } from '../../map-key.ts';
import { TextBudget } from '../../executor/kept-texts.ts';
import { DocumentPlan } from './document-plan.ts';
import { readDocument, type DocumentLimits } from './read-document.ts';
import { dropTokens } from './compact.ts';

/** The memory of all plans that are kept, in bytes. An application of 250 operations of 30 fields takes 13 MB of it. */
const MAX_BYTES = 96 * 1024 * 1024;
/** The memory of a document in addition to its nodes: its plan, its source, its entries in maps. */
const BYTES_PER_DOCUMENT = 2000;
/** The memory of a node of a parsed document, including its location and its entry in a list. */
const BYTES_PER_NODE = 200;
/** The memory of one character of a text, which may have characters beyond Latin-1. */
const BYTES_PER_CHARACTER = 2;
/** The memory of one fault of an invalid document: its message, cut to 500 characters, and its positions. */
const BYTES_PER_FAULT = 1500;
/** The size of all texts with a kept error, in characters: people resend a faulty document while they look for the fault. */
const MAX_FAULTY_CHARACTERS = 1_000_000;
/** How many texts that were received once are remembered, by `mapKey`. */
const MAX_SEEN = 5000;
/**
 * Longer texts are found by their hash. Shorter ones are keys themselves: the document keeps its text anyway, and V8 hashes a
 * text of this length faster than SHA-256 would.
 */
const LONGEST_KEY = 4096;

/** Options of `Plans`. */
export interface PlansOptions {
  readonly schema: GraphQLSchema;
  readonly limits: DocumentLimits;
  /** Whether clients may query the schema, and get names suggested in errors. */
  readonly introspection: boolean;
  /** The memory of all plans that are kept, in bytes; default: 96 MiB. */
  readonly maxBytes?: number;
  /** Whether operations are compiled even if their document is not kept; default: no. For tests. */
  readonly compilesAtOnce?: boolean | undefined;
}

/** The plans of one server. */
export class Plans {
  readonly #options: PlansOptions;
  readonly #kept: LRUCache<string, DocumentPlan>;
  readonly #unreadable = new LRUCache<string, GraphQLError>({ maxSize: MAX_FAULTY_CHARACTERS });
  // With `max` the cache would allocate memory for that many entries at once.
  readonly #seen = new LRUCache<string, true>({ maxSize: MAX_SEEN, sizeCalculation: () => 1 });
  readonly #texts = new TextBudget();

  constructor(options: PlansOptions) {
    this.#options = options;
    this.#kept = new LRUCache({ maxSize: options.maxBytes ?? MAX_BYTES });
  }

  /** The plan of a text. Throws as `readDocument` does. The document may be invalid: see `DocumentPlan.faults`. */
  of(text: string): DocumentPlan {
    const key = mapKey(text, LONGEST_KEY);
    const kept = this.#kept.get(key);
    if (kept !== undefined) return kept;
    const error = this.#unreadable.get(key);
    if (error !== undefined) throw error;
    return this.#make(text, key);
  }

  /** The memory of all plans that are kept, estimated. */
  get bytes(): number {
    return this.#kept.calculatedSize;
  }

  /** How many documents are kept. */
  get count(): number {
    return this.#kept.size;
  }

  #make(text: string, key: string): DocumentPlan {
    const { schema, limits, introspection, compilesAtOnce = false } = this.#options;
    const isSecond = this.#wasSeen(text);
    try {
      const document = readDocument(text, limits);
      const plan = new DocumentPlan(document, schema, introspection, this.#texts);
      if (isSecond) this.#keep(key, text, plan);
      else if (compilesAtOnce) plan.keeping.reserve = () => undefined;
      return plan;
    } catch (error) {
      if (isSecond && error instanceof GraphQLError) {
        this.#unreadable.set(key, error, { size: 1 + text.length });
      }
      throw error;
    }
  }

  #keep(key: string, text: string, plan: DocumentPlan): void {
    const { document, whole, faults, keeping } = plan;
    // The nodes that a document without `@defer` shares with the one that has it are counted twice.
    const forms = whole === document ? 1 : 2;
    let size =
      BYTES_PER_DOCUMENT +
      BYTES_PER_CHARACTER * text.length +
      BYTES_PER_NODE * dropTokens(document) * forms +
      BYTES_PER_FAULT * faults.length;
    this.#kept.set(key, plan, { size });
    keeping.reserve = (bytes) => {
      size += bytes;
      if (this.#kept.peek(key) !== plan) return;
      // Setting an entry to its current value would not update its size.
      this.#kept.delete(key);
      this.#kept.set(key, plan, { size });
    };
  }

  /** Whether the text was received before. Records that it has been received now. */
  #wasSeen(text: string): boolean {
    const key = mapKey(text);
    const wasSeen = this.#seen.has(key);
    this.#seen.set(key, true);
    return wasSeen;
  }
}
