// The memo: stores the JSON text of an object that is kept in memory, by the identity of the object. The next execution in which
// the object appears reuses the text.
//
// This is correct because a text is reused only if writing the object again would give the same text:
// - A `TextMemo` belongs to one plan, so the same fields are selected with the same arguments. It also belongs either to
//   executions with `isCleared` or to executions without it. So all executions that reuse a text have passed the same access
//   checks.
// - All fields below the object were pure (`extensions.pure`: the result depends only on the source object), their arguments have
//   no variables, and no promise was awaited. Decisions that depend on the context exclude a text: the type of an abstract field,
//   and a type's `isTypeOf` in executions without `isCleared`.
// - No error occurred, so no error is lost by the reuse.
// - Objects do not change. Their type declares this by `extensions.isKept`, which also says that the same objects appear in
//   several operations.
// Each of the two declarations is `true`, or a function of the source object. Results of fields and types without them are never reused.
//
// If the text of an object is stored, the texts of the objects below it are not: they would take the same memory again, and
// adding an entry to a WeakMap takes longer than writing a text.

/** A declaration: for all source objects, or for those of which the function says so. */
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

/**
 * Bounds the memory of all memos together. Their entries end with the objects that they belong to, unseen by the memos, so
 * what has been written counts; when that exceeds the bound, all memos are emptied.
 */
export class TextBudget {
  readonly #maxBytes: number;
  readonly #memos = new Set<TextMemo>();
  #bytes = 0;

  /** `maxBytes`: default 64 MB. */
  constructor(maxBytes = DEFAULT_BYTES) {
    this.#maxBytes = maxBytes;
  }

  /** The most that the texts take now. */
  get bytes(): number {
    return this.#bytes;
  }

  /** A memo is about to keep a text. */
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

/** To keep a text costs as much as so many uses of it save: measured with objects of five fields. */
const USES_PER_TEXT = 5;
/** Uses that a memo has in advance, and that it can save up for. */
const START_CREDIT = 1000;
const MOST_CREDIT = 10_000;
/** A memo without credit tries one of so many objects. */
const TRIED_OBJECTS = 64;

/**
 * The texts of one plan. It stops keeping texts while they are used too seldom, as when each answer of the REST API has new
 * objects, and goes on when those few that it tries are used again.
 */
export class TextMemo {
  readonly #budget: TextBudget;
  #texts = new WeakMap<object, Kept>();
  #credit = START_CREDIT;
  #untried = 0;
  #isLikelyToKeep = true;

  constructor(budget: TextBudget) {
    this.#budget = budget;
  }

  get(source: object): Kept | undefined {
    const kept = this.#texts.get(source);
    if (kept !== undefined && this.#credit < MOST_CREDIT) this.#credit += 1;
    return kept;
  }

  /** Whether the last object could be kept. While it is so, texts of objects below it need not be kept too. */
  get isLikelyToKeep(): boolean {
    return this.#isLikelyToKeep;
  }

  /** The text of an object must not be kept. */
  refuse(): void {
    this.#isLikelyToKeep = false;
  }

  /** Keeps the text, if that is likely to pay. */
  offer(source: object, text: string, objects: number): void {
    this.#isLikelyToKeep = true;
    if (this.#credit < USES_PER_TEXT) {
      this.#untried += 1;
      if (this.#untried < TRIED_OBJECTS) return;
      this.#untried = 0;
    } else {
      this.#credit -= USES_PER_TEXT;
    }
    this.#budget.add(this, text);
    this.#texts.set(source, { text: inOnePiece(text), objects });
  }

  clear(): void {
    this.#texts = new WeakMap();
  }
}

/** The memos of a plan, each made when it is first asked for. */
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

  /** The memo that has the text of an object, or may keep it; null: the object is not met again. */
  for(source: object, isCleared: boolean): TextMemo | null {
    if (!holds(this.#isKept, source)) return null;
    if (isCleared) return (this.#cleared ??= new TextMemo(this.#budget));
    return (this.#checked ??= new TextMemo(this.#budget));
  }
}

/** V8 builds a text as a tree of its parts, which takes several times its memory, until a character is read. */
function inOnePiece(text: string): string {
  text.charCodeAt(0);
  return text;
}
