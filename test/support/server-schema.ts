// A small schema for tests of the server alone: fields with prices, fields that wait, and subscriptions.
import { on, once, type EventEmitter } from 'node:events';
import {
  GraphQLDeferDirective,
  GraphQLEnumType,
  GraphQLError,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLStreamDirective,
  GraphQLString,
  specifiedDirectives,
} from 'graphql';

/** The fields that have begun, recorded through the context of each operation. */
export interface Started {
  readonly fields: string[];
  /** The functions that record one more REST call, after its end, of each operation with the field `later`. */
  readonly laterCalls: (() => void)[];
  readonly signals: AbortSignal[];
  /** Emits `change` with a text, which becomes an event of the subscription `changes`. */
  readonly changed: EventEmitter;
  ended: number;
}

interface TestContext {
  /** What a field calls for each REST call that it would cause. */
  readonly onCall?: () => void;
  readonly started: Started;
  readonly signal?: AbortSignal;
  readonly caller: { readonly name: string };
}

const first = { args: { first: { type: GraphQLInt } } };

/** The price of a list as long as its argument `first`, with one REST call for each 100 elements. */
const listPrice = {
  calls: ({ first = 10 }: { readonly first?: number }) => Math.ceil(first / 100),
  size: ({ first = 10 }: { readonly first?: number }) => first,
};

/** A list of `first` things, which causes the REST calls of its price. */
function thingsOf(_parent: unknown, { first = 10 }: { readonly first?: number }, { onCall }: TestContext) {
  for (let call = 0; call < listPrice.calls({ first }); call += 1) onCall?.();
  return Array.from({ length: first }, () => ({}));
}

/** Causes this number of REST calls, and returns the number. */
function causeCalls(
  _parent: unknown,
  { count }: { readonly count: number },
  { onCall }: TestContext,
): number {
  for (let call = 0; call < count; call += 1) onCall?.();
  return count;
}

const Thing: GraphQLObjectType<unknown, TestContext> = new GraphQLObjectType({
  name: 'Thing',
  fields: () => ({
    name: { type: GraphQLString, resolve: () => 'thing' },
    thing: { type: Thing, resolve: () => ({}) },
    things: {
      type: new GraphQLList(Thing),
      ...first,
      extensions: { price: listPrice },
      resolve: thingsOf,
    },
  }),
});

/** A resolver that records its start and ends only when the operation is aborted. */
function forEver(name: string) {
  return (_parent: unknown, _args: unknown, { started, signal }: TestContext) => {
    started.fields.push(name);
    if (signal !== undefined) started.signals.push(signal);
    return new Promise<string>((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(new Error('aborted')));
    });
  };
}

/** Causes a REST call, and ends when `changed` emits `release`, or the operation is aborted. */
async function untilReleased(
  _parent: unknown,
  _args: unknown,
  { started, signal, onCall }: TestContext,
): Promise<string> {
  started.fields.push('held');
  if (signal !== undefined) started.signals.push(signal);
  onCall?.();
  await once(started.changed, 'release', signal === undefined ? {} : { signal });
  return 'released';
}

const Color = new GraphQLEnumType({
  name: 'Color',
  values: { CRIMSON: {}, AZURE: {}, THE_BLUE_OF_THE_EVENING_SKY: {} },
});
const Style = new GraphQLInputObjectType({
  name: 'Style',
  fields: { thickness: { type: GraphQLInt }, distanceFromTheOuterBorder: { type: GraphQLInt } },
});

/** A scalar that returns any value unchanged. */
const Anything = new GraphQLScalarType({ name: 'Anything', coerceOutputValue: (value) => value });

/** Values at which `JSON.stringify` throws, or whose JSON strict parsers refuse. */
const oddValues: Readonly<Record<string, () => unknown>> = {
  bigint: () => 1n,
  circle: () => {
    const circle: Record<string, unknown> = {};
    return Object.assign(circle, { circle });
  },
  surrogates: () => ({ '\ud83d': ['\ud83d', 'a\ude00', '\\ud83d', '\ud83d\ude00', '\\\ud83d', '\\\\ud83d'] }),
  deep: () => JSON.parse('['.repeat(9000) + ']'.repeat(9000)),
};

const Query = new GraphQLObjectType<unknown, TestContext>({
  name: 'Query',
  fields: {
    hello: {
      type: GraphQLString,
      resolve: (_parent, _args, { started }) => {
        started.fields.push('hello');
        return 'world';
      },
    },
    paint: {
      type: GraphQLString,
      args: { color: { type: Color }, style: { type: Style } },
      resolve: () => 'painted',
    },
    odd: {
      type: Anything,
      args: { value: { type: GraphQLString } },
      resolve: (_parent, { value }: { readonly value: string }) => oddValues[value]?.(),
    },
    whoAmI: { type: GraphQLString, resolve: (_parent, _args, { caller }) => caller.name },
    thing: { type: Thing, resolve: () => ({}) },
    things: {
      type: new GraphQLList(Thing),
      ...first,
      extensions: { price: listPrice },
      resolve: thingsOf,
    },
    breaks: { type: GraphQLString, resolve: () => Promise.reject(new Error('CANARY')) },
    breaksAll: {
      type: new GraphQLNonNull(GraphQLString),
      resolve: () => Promise.reject(new Error('CANARY')),
    },
    held: { type: GraphQLString, resolve: untilReleased },
    heldBreaks: {
      type: GraphQLString,
      resolve: async (parent, args, context) => {
        await untilReleased(parent, args, context);
        throw new Error('CANARY');
      },
    },
    calls: {
      type: GraphQLInt,
      args: { count: { type: new GraphQLNonNull(GraphQLInt) } },
      extensions: { price: { calls: 2 } },
      resolve: causeCalls,
    },
    later: {
      type: GraphQLString,
      resolve: (_parent, _args, { started, onCall }) => {
        if (onCall !== undefined) started.laterCalls.push(onCall);
        return 'later';
      },
    },
    hang: { type: GraphQLString, resolve: forEver('hang') },
    hangLong: { type: GraphQLString, extensions: { slow: true }, resolve: forEver('hangLong') },
  },
});

const Mutation = new GraphQLObjectType<unknown, TestContext>({
  name: 'Mutation',
  fields: {
    change: {
      type: GraphQLString,
      resolve: (_parent, _args, { started }) => {
        started.fields.push('change');
        return 'changed';
      },
    },
    thing: { type: Thing, resolve: () => ({}) },
    calls: {
      type: GraphQLInt,
      args: { count: { type: new GraphQLNonNull(GraphQLInt) } },
      extensions: { price: { calls: 2 } },
      resolve: causeCalls,
    },
  },
});

/** Yields `count` events at once, then none until its consumer returns. */
function ticks(count: number, { started }: TestContext): AsyncIterableIterator<{ readonly ticks: number }> {
  started.fields.push('ticks');
  const never = Promise.withResolvers<IteratorResult<{ readonly ticks: number }>>();
  let ticks = 0;
  let ended = false;
  return {
    next: () => {
      ticks += 1;
      return ticks <= count ? Promise.resolve({ done: false, value: { ticks } }) : never.promise;
    },
    return: () => {
      if (!ended) started.ended += 1;
      ended = true;
      never.resolve({ done: true, value: undefined });
      return Promise.resolve({ done: true, value: undefined });
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** Yields an event that cannot be written as JSON, and then one that can. */
async function* oddTicks(_parent: unknown, { value }: { readonly value: string }) {
  yield { odd: oddValues[value]?.() };
  yield { odd: 'fine' };
}

/** Yields one event and then throws. */
async function* breaking(): AsyncGenerator<{ readonly breaks: number }> {
  yield { breaks: 1 };
  throw new Error('CANARY');
}

const Subscription = new GraphQLObjectType<unknown, TestContext>({
  name: 'Subscription',
  fields: {
    breaks: { type: GraphQLInt, subscribe: breaking },
    changes: {
      type: GraphQLString,
      subscribe: (_parent, _args, { started }) => on(started.changed, 'change'),
      // `on` yields the list of the event's arguments; there is one.
      resolve: String,
    },
    odd: { type: Anything, args: { value: { type: GraphQLString } }, subscribe: oddTicks },
    throws: {
      type: GraphQLInt,
      subscribe: () => {
        throw new Error('CANARY');
      },
    },
    fails: {
      type: GraphQLInt,
      extensions: { price: { calls: 2 } },
      subscribe: () => Promise.reject(new GraphQLError('It fails.')),
    },
    callingTicks: {
      type: GraphQLInt,
      args: { count: { type: new GraphQLNonNull(GraphQLInt) } },
      extensions: { price: { calls: 2 } },
      subscribe: (_parent, { count }: { readonly count: number }, context) => ticks(count, context),
      resolve: (_parent, _args, context) => causeCalls(undefined, { count: 1 }, context),
    },
    ticks: {
      type: new GraphQLNonNull(GraphQLInt),
      args: { count: { type: GraphQLInt, default: { value: 1 } }, style: { type: Style } },
      subscribe: (_parent, { count }: { readonly count: number }, context) => ticks(count, context),
    },
  },
});

export const testSchema = new GraphQLSchema({
  query: Query,
  mutation: Mutation,
  subscription: Subscription,
  directives: [...specifiedDirectives, GraphQLDeferDirective, GraphQLStreamDirective],
});
