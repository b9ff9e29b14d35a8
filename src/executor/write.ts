// Writes the result of an operation as JSON text, in the order and with the errors of graphql-js
// (node_modules/graphql/execution/Executor.js). Values that are not promises are written immediately. Promises take as many
// microtasks as in graphql-js, because the order of errors depends on that.
import {
  locatedError,
  type GraphQLAbstractType,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
} from 'graphql';
import { handleRest, isAsyncIterable, isIterable, returned } from './iteration.ts';
import { holds, type TextMemo } from './kept-texts.ts';
import { allTexts, ListText, type Text } from './join-text.ts';
import type { FieldPlan, SelectionPlan } from './plan.ts';
import { handled, isPromiseLike, keysOf, type Path, type Run } from './run.ts';
import { checkedType, invalidTypeError, notIterableError, runtimeTypeOf } from './runtime-type.ts';
import type { Shape } from './shapes.ts';
import { infoFor, infoOf, isNull, itemPath, pathOf, type Site } from './site.ts';

/** Writes an object. `path` is its place; undefined: the whole result. */
export function writeObject(run: Run, plan: SelectionPlan, source: unknown, path: Path | undefined): Text {
  const { fields } = plan;
  let text = '';
  let written = 0;
  for (const field of fields) {
    const value = writeField(run, field, source, path);
    if (typeof value !== 'string') {
      return writeRest(run, fields.slice(written), source, path, text, value);
    }
    text = withField(text, field, value);
    written += 1;
  }
  return text === '' ? '{}' : `${text}}`;
}

function withField(text: string, { opening, following }: FieldPlan, value: string): string {
  if (value === '') return text;
  return text + (text === '' ? opening : following) + value;
}

/**
 * Writes the rest of an object from the first promise on. `first`: that promise, of the first of `fields`; `text` has the fields
 * before. All resolvers of an object are called before any promise is awaited.
 */
function writeRest(
  run: Run,
  fields: readonly FieldPlan[],
  source: unknown,
  path: Path | undefined,
  text: string,
  first: Promise<string>,
): Promise<string> {
  const values: Text[] = [first];
  try {
    for (const field of fields.slice(1)) values.push(writeField(run, field, source, path));
  } catch (error) {
    handled(values);
    throw error;
  }
  return allTexts(values, (texts) => texts).then((texts) => {
    const whole = fields.reduce((before, field, index) => withField(before, field, texts[index] ?? ''), text);
    return whole === '' ? '{}' : `${whole}}`;
  });
}

function writeField(run: Run, plan: FieldPlan, source: unknown, parent: Path | undefined): Text {
  if (plan.constant !== null) return plan.constant;
  const { shape, pure } = plan;
  let path: Path | null = null;
  let info: GraphQLResolveInfo | null = null;
  try {
    if (run.isPure && pure !== true)
      run.isPure = typeof source === 'object' && source !== null && holds(pure, source);
    let value = propertyOf(plan, source);
    if (value === NO_PROPERTY) {
      if (plan.takesInfo) {
        path = pathOf(plan, parent);
        info = run.infoOf(plan, path);
      }
      // `info` is null only for functions that cannot read it.
      value = plan.resolve(source, run.argsOf(plan), run.contextValue, info as GraphQLResolveInfo);
    }
    if (isPromiseLike(value)) {
      path ??= pathOf(plan, parent);
      return awaited({ run, plan, path, info }, shape, value, path);
    }
    if (shape.leaf !== null) return isNull(plan, shape, value) ? 'null' : shape.leaf(value);
    path ??= pathOf(plan, parent);
    const site: Site = { run, plan, path, info };
    const text = writeValue(site, shape, value, path);
    return typeof text === 'string' ? text : rescued(site, shape, text, path);
  } catch (error) {
    return run.failed(error, plan, shape.isNonNull, path ?? pathOf(plan, parent));
  }
}

/** No property answers the field: its resolver must be called. */
const NO_PROPERTY = Symbol('no property');

function propertyOf({ property }: FieldPlan, source: unknown): unknown {
  if (property === null || typeof source !== 'object' || source === null) return NO_PROPERTY;
  // Any property of an object can be read.
  const value = (source as Readonly<Record<string, unknown>>)[property];
  return typeof value === 'function' ? NO_PROPERTY : value;
}

/** Awaits a value and writes it. */
async function awaited(site: Site, shape: Shape, value: PromiseLike<unknown>, path: Path): Promise<string> {
  const { run, plan } = site;
  try {
    const resolved = await value;
    refuseIfEnded(run);
    const text = writeValue(site, shape, resolved, path);
    return typeof text === 'string' ? text : await text;
  } catch (error) {
    return run.failed(error, plan, shape.isNonNull, path);
  }
}

/** Handles the rejection of a value that is being written. */
function rescued({ run, plan }: Site, shape: Shape, text: Promise<string>, path: Path): Promise<string> {
  return text.then(undefined, (error: unknown) => run.failed(error, plan, shape.isNonNull, path));
}

function refuseIfEnded(run: Run): void {
  if (run.isEnded) throw new Error('Aborted!');
}

/** Writes a value that is not a promise. Throws an error for which null must take the value's place. */
function writeValue(site: Site, shape: Shape, value: unknown, path: Path): Text {
  if (isNull(site.plan, shape, value)) return 'null';
  const { leaf, item, object, abstract } = shape;
  if (leaf !== null) return leaf(value);
  if (item !== null) return writeList(site, item, value, path);
  if (object !== null) return writeObjectOf(site, object, value, path);
  if (abstract !== null) return writeAbstract(site, abstract, value, path);
  throw new Error('A shape has a leaf, an item, an object type or an abstract type.');
}

function writeAbstract(site: Site, type: GraphQLAbstractType, value: unknown, path: Path): Text {
  site.run.isPure = false;
  const info = infoOf(site);
  const name = runtimeTypeOf(type, value, site.run.contextValue, info);
  if (!isPromiseLike(name)) return writeObjectOf(site, checkedType(type, name, value, info), value, path);
  return continued(name, (resolved) => {
    refuseIfEnded(site.run);
    return writeObjectOf(site, checkedType(type, resolved, value, info), value, path);
  });
}

function writeObjectOf(site: Site, type: GraphQLObjectType, value: unknown, path: Path): Text {
  const { run } = site;
  if (type.isTypeOf != null && !run.isCleared) {
    run.isPure = false;
    const is = type.isTypeOf(value, run.contextValue, infoFor(type.isTypeOf, site));
    if (isPromiseLike(is)) {
      return continued(is, (resolved) => {
        refuseIfEnded(run);
        return writeFields(site, type, value, path, resolved);
      });
    }
    return writeFields(site, type, value, path, is);
  }
  return writeFields(site, type, value, path, true);
}

function writeFields(
  site: Site,
  type: GraphQLObjectType,
  value: unknown,
  path: Path,
  isOfType: unknown,
): Text {
  const { run, plan } = site;
  if (!isOfType) throw invalidTypeError(type, value, plan);
  const selected = run.plans.of(plan, type, run.variables);
  run.objects += plan.weight;
  const { memos } = selected;
  const memo =
    memos === null || run.isWithinKept || typeof value !== 'object' || value === null
      ? null
      : memos.for(value, run.isCleared);
  // The value is an object if there is a memo.
  return memo === null
    ? writeObject(run, selected, value, path)
    : writeOnce(run, selected, value as object, path, memo);
}

/** Writes an object unless `memo` has its text. */
function writeOnce(run: Run, plan: SelectionPlan, source: object, path: Path, memo: TextMemo): Text {
  const kept = memo.get(source);
  if (kept !== undefined) {
    run.objects += kept.objects;
    return kept.text;
  }
  const { objects, isPure: isPureAround, isWithinKept } = run;
  run.isPure = true;
  run.isWithinKept ||= memo.isLikelyToKeep;
  try {
    const text = writeObject(run, plan, source, path);
    if (!run.isPure || typeof text !== 'string') memo.refuse();
    // Otherwise the text of an object around it contains this text.
    else if (!isWithinKept) memo.offer(source, text, run.objects - objects);
    run.isPure &&= isPureAround;
    return text;
  } finally {
    run.isWithinKept = isWithinKept;
  }
}

/** As `promise.then(write)`, for promises of other libraries too. */
function continued<Value>(promise: PromiseLike<Value>, write: (value: Value) => Text): Promise<string> {
  return promise instanceof Promise ? promise.then(write) : Promise.resolve(promise.then(write));
}

function writeList(site: Site, item: Shape, value: unknown, path: Path): Text {
  if (isAsyncIterable(value)) return writeAsyncItems(site, item, value, path);
  if (!isIterable(value)) throw notIterableError(site.plan);
  const list = new ListText();
  const iterator = value[Symbol.iterator]();
  try {
    for (let index = 0; ; index += 1) {
      const next = iterator.next();
      if (next.done === true) return list.finish();
      list.add(writeItem(site, item, next.value, path, index));
    }
  } catch (error) {
    site.run.isOvercounted = true;
    handled(list.late);
    handleRest(iterator);
    throw error;
  }
}

async function writeAsyncItems(
  site: Site,
  item: Shape,
  items: AsyncIterable<unknown>,
  path: Path,
): Promise<string> {
  const { run, plan } = site;
  const list = new ListText();
  const iterator = items[Symbol.asyncIterator]();
  try {
    for (let index = 0; ; index += 1) {
      let next: IteratorResult<unknown>;
      try {
        next = await iterator.next();
      } catch (error) {
        throw locatedError(error, plan.nodes, keysOf(path));
      }
      refuseIfEnded(run);
      if (next.done === true) break;
      const text = writeItem(site, item, next.value, path, index);
      // The text may reject before the last item arrives, when nothing awaits it yet.
      handled([text]);
      list.add(text);
    }
  } catch (error) {
    run.isOvercounted = true;
    void returned(iterator);
    handled(list.late);
    throw error;
  }
  return list.finish();
}

function writeItem(site: Site, shape: Shape, value: unknown, list: Path, index: number): Text {
  const { run, plan } = site;
  let path: Path | null = null;
  try {
    if (isPromiseLike(value)) {
      path = itemPath(list, index);
      return awaited(site, shape, value, path);
    }
    if (shape.leaf !== null) return isNull(plan, shape, value) ? 'null' : shape.leaf(value);
    path = itemPath(list, index);
    const text = writeValue(site, shape, value, path);
    return typeof text === 'string' ? text : rescued(site, shape, text, path);
  } catch (error) {
    return run.failed(error, plan, shape.isNonNull, path ?? itemPath(list, index));
  }
}
