// Finds out whether a function can read more than its first arguments. Creating `info` takes more time than most resolvers, so it
// is created only for functions that can read it.

/** A parameter list without defaults and rest, as far as the first bracket: arrow functions, functions and methods. */
const PLAIN_PARAMETERS = /^(?:async\s+)?(?:function\b\s*)?[\w$#]*\s*\([^()=.]*\)\s*(?:=>|\{)/;
/** The other ways in which a function can read its arguments. */
const OTHER_WAYS = /\b(?:arguments|eval)\b/;

const known = new WeakMap<object, number>();

/**
 * Whether a function can see its argument number `count + 1`. No only if its source says so: it has at most `count`
 * parameters, all plain, and does not mention `arguments`. Bound and native functions have no source.
 */
export function takesMoreThan(count: number, called: (...args: never[]) => unknown): boolean {
  const most = known.get(called) ?? mostSeen(called);
  known.set(called, most);
  return most > count;
}

/** The number of arguments that a function can see; Infinity if its source does not say. */
function mostSeen(called: (...args: never[]) => unknown): number {
  const source = Function.prototype.toString.call(called);
  return PLAIN_PARAMETERS.test(source) && !OTHER_WAYS.test(source) ? called.length : Number.POSITIVE_INFINITY;
}
