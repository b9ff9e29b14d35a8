// The memo: stores the JSON text of an object that is kept in memory, by the identity of the object. The next execution in which
// the object appears reuses the text.
//
// This is correct because a text is reused only if writing the object again would give the same text:
// - A `TextMemo` belongs to plans of one type that select the same fields with the same arguments, down to the leaves: one plan,
//   or those of several operations (selection-text.ts). It also belongs either to executions with `isCleared` or to executions
//   without it. So all executions that reuse a text have passed the access checks of all fields in it.
// - All fields below the object were pure (`extensions.pure`: the result depends only on the source object), their arguments have
//   no variables, and no promise was awaited. Decisions that depend on the context exclude a text: the type of an abstract field,
//   and a type's `isTypeOf` in executions without `isCleared`.
// - No error occurred, so no error is lost by the reuse.
// - Objects do not change. Their type declares this by `extensions.isKept`, which also says that the same objects appear in
//   several operations.
// Each of the two declarations is `true`, or a function of the source object. Results of fields and types without them are never
// reused.
//
// If the text of an object is stored, the texts of the objects below it are not: they would take the same memory again, and
// adding an entry to a WeakMap takes longer than writing a text.
import type { GraphQLObjectType } from 'graphql';

/** A declaration for all source objects (a Boolean), or for those for which the function returns true. */
export type Holds = boolean | ((source: object) => boolean);

/** Whether a declaration holds for an object. */
export function holds(declared: Holds, source: object): boolean {
  return typeof declared === 'function' ? declared(source) : declared;
}

/** Reads a declaration from the `extensions` of a field or type; false without one. */
export function declaredBy(extensions: Readonly<Record<string, unknown>>, name: 'pure' | 'isKept'): Holds {
  const declared = extensions[name];
  if (declared === true) return true;
  // Extensions are untyped; the schema sets this one as a function of the source.
  return typeof declared === 'function' ? (declared as (source: object) => boolean) : false;
}

/** The text of an object, and the points of the objects in it. */
interface Kept {
  readonly text: string;
  readonly objects: number;
}

const DEFAULT_BYTES = 64 * 1024 * 1024;
/** What an entry takes beside its text: the entry of the map, the object `Kept` and the string's header. */
const BYTES_PER_ENTRY = 160;
/** Of a string with characters beyond Latin-1. */
const BYTES_PER_CHARACTER = 2;

/** The maximum number of selections from one type whose memos are shared. */
const SHARED_SELECTIONS = 100;

/**
 * Limits the memory of all memos together, and shares memos between operations. The memos do not notice when the garbage collector
 * removes an entry with its object. So all texts that were stored count, and when their sum exceeds the limit, all memos are
 * emptied.
 */
export class TextBudget {
  readonly #maxBytes: number;
  readonly #memos = new Set<TextMemo>();
  readonly #shared = new WeakMap<GraphQLObjectType, Map<string, PlanMemos>>();
  #bytes = 0;

  /** `maxBytes`: default 64 MB. */
  constructor(maxBytes = DEFAULT_BYTES) {
    this.#maxBytes = maxBytes;
  }

  /** An upper bound of the memory that the texts take now. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * The memos of all plans of a type whose selections have the same description (selection-text.ts); null: the plan shares no
   * memos. All operations must have the same weights.
   */
  memosOf(type: GraphQLObjectType, isKept: Holds, selection: string | null): PlanMemos {
    if (selection === null) return new PlanMemos(this, isKept);
    const ofType = this.#shared.get(type) ?? new Map<string, PlanMemos>();
    const known = ofType.get(selection);
    if (known !== undefined) return known;
    const made = new PlanMemos(this, isKept);
    if (ofType.size === SHARED_SELECTIONS) ofType.delete([...ofType.keys()][0] ?? '');
    this.#shared.set(type, ofType.set(selection, made));
    return made;
  }

  /** Call before a memo stores a text. */
  add(memo: TextMemo, text: string): void {
    const bytes = BYTES_PER_ENTRY + BYTES_PER_CHARACTER * text.length;
    if (this.#bytes + bytes > this.#maxBytes) {
      for (const full of this.#memos) full.clear();
      this.#memos.clear();
      this.#bytes = 0;
    }
    this.#memos.add(memo);
    this.#bytes += bytes;
  }
}

/** Storing a text takes as much time as writing this number of characters; measured with objects of five fields. */
const CHARACTERS_PER_TEXT = 500;
/** Copying a text takes this share of the time of writing it. */
const SHARE_OF_WRITING = 1 / 8;
/** The credit of a new memo, and the highest credit, in characters. */
const START_CREDIT = 100_000;
const MOST_CREDIT = 1_000_000;
/** A memo without credit stores the text of one in this number of objects, to notice when texts are reused again. */
const TRIED_OBJECTS = 64;

/**
 * The texts of the objects of one plan, or of several plans with the same selections. Each reuse adds to the memo's credit, and
 * each stored text takes from it. If texts are reused too seldom, for example because each answer of the REST API has new
 * objects, the credit runs out and few texts are stored.
 */
export class TextMemo {
  readonly #budget: TextBudget;
  #texts = new WeakMap<object, Kept>();
  /** In characters: those of reused texts, minus the cost of stored texts. */
  #credit = START_CREDIT;
  #untried = 0;
  #isLikelyToKeep = true;

  constructor(budget: TextBudget) {
    this.#budget = budget;
  }

  get(source: object): Kept | undefined {
    const kept = this.#texts.get(source);
    if (kept !== undefined && this.#credit < MOST_CREDIT) this.#credit += kept.text.length;
    return kept;
  }

  /** Whether the last text could be stored. Then the next one probably can too, so texts of objects below it are not stored. */
  get isLikelyToKeep(): boolean {
    return this.#isLikelyToKeep;
  }

  /** Call when the text of an object must not be stored. */
  refuse(): void {
    this.#isLikelyToKeep = false;
  }

  /** Stores the text, if it is likely to be reused often enough. `objects`: the points of the objects in it. */
  offer(source: object, text: string, objects: number): void {
    this.#isLikelyToKeep = true;
    const cost = CHARACTERS_PER_TEXT + SHARE_OF_WRITING * text.length;
    if (this.#credit < cost) {
      this.#untried += 1;
      if (this.#untried < TRIED_OBJECTS) return;
      this.#untried = 0;
    } else {
      this.#credit -= cost;
    }
    this.#budget.add(this, text);
    this.#texts.set(source, { text: inOnePiece(text), objects });
  }

  clear(): void {
    this.#texts = new WeakMap();
  }
}

/** The memos of plans with the same selections, each created when it is first needed. */
export class PlanMemos {
  readonly #budget: TextBudget;
  readonly #isKept: Holds;
  /** For runs of callers who pass every check of the operation. */
  #cleared: TextMemo | null = null;
  /** For all other runs. */
  #checked: TextMemo | null = null;

  constructor(budget: TextBudget, isKept: Holds) {
    this.#budget = budget;
    this.#isKept = isKept;
  }

  /** The memo for the text of an object; null: the object is not kept in memory, so its text could not be reused. */
  for(source: object, isCleared: boolean): TextMemo | null {
    if (!holds(this.#isKept, source)) return null;
    if (isCleared) return (this.#cleared ??= new TextMemo(this.#budget));
    return (this.#checked ??= new TextMemo(this.#budget));
  }
}

/** V8 stores a joined text as a tree of its parts, which takes several times the memory, until a character is read. */
function inOnePiece(text: string): string {
  text.charCodeAt(0);
  return text;
}
