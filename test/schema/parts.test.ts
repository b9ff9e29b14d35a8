// Every list, object and Node of the graph with all its fields, in parts: all lists streamed, and the fields of all objects
// deferred. Together the parts are the whole answer, for callers with all rights and with few. A promise that rejects where nobody
// waits for it fails the run.
import {
  Kind,
  parse,
  type ExecutionResult,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  getNullableType,
  isListType,
  type DocumentNode,
} from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createContext } from '../../resolvers/context.ts';
import { encodeGlobalId } from '../../resolvers/ids.ts';
import { schema } from '../../schema/index.ts';
import { anyone, type Caller } from '../../src/auth/caller.ts';
import { createEngine, type AnswerInParts } from '../../src/server/operation/engine.ts';
import { startLab, type Lab } from '../support/one-fault/lab.ts';
import { readOperations, type ReadOperation } from '../support/one-fault/operations.ts';
import { refetchEverything } from '../support/select-everything.ts';
import { furnish, type Subjects } from '../support/one-fault/world.ts';

let lab: Lab<Omit<Subjects, 'workflow'>>;
let operations: readonly ReadOperation[];

beforeAll(async () => {
  lab = await startLab('demo', furnish);
  operations = readOperations({ ...lab.subjects, workflow: 'none' });
});

afterAll(() => lab[Symbol.asyncDispose]());

const directive = (name: string) =>
  ({ kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: name } }) as const;

/** The document with `@stream` at each list and `@defer` around the fields of each object. */
function inParts(document: DocumentNode): DocumentNode {
  const types = new TypeInfo(schema);
  const visitor = visitWithTypeInfo(types, {
    Field: {
      leave(field) {
        const { selectionSet } = field;
        const fieldType = types.getType();
        const isStreamed =
          fieldType != null && isListType(getNullableType(fieldType)) && selectionSet !== undefined;
        const deferred = {
          kind: Kind.INLINE_FRAGMENT,
          directives: [directive('defer')],
          selectionSet,
        } as const;
        return {
          ...field,
          directives: isStreamed ? [directive('stream')] : [],
          ...(selectionSet === undefined
            ? {}
            : { selectionSet: { kind: Kind.SELECTION_SET, selections: [deferred] } }),
        };
      },
    },
  });
  return visit(document, visitor);
}

type Path = readonly (string | number)[];

/** What the parts give together: data, and the places of errors. */
async function joined(answer: AnswerInParts | ExecutionResult) {
  // Of an object that could not be read, nothing is left to come.
  if (!('initialResult' in answer))
    return { data: answer.data, places: answer.errors?.map(({ path }) => path) ?? [] };
  const { initialResult, subsequentResults } = answer;
  const { data, errors = [] } = initialResult;
  const places = errors.map(({ path }) => path);
  const open = new Map<string, Path>();
  const announce = (part: object) => {
    const { pending = [] } = part as {
      readonly pending?: readonly { readonly id: string; readonly path: Path }[];
    };
    for (const { id, path } of pending) open.set(id, path);
  };
  announce(initialResult);
  for await (const part of subsequentResults) {
    announce(part);
    for (const increment of part.incremental ?? []) {
      if (!('id' in increment)) throw new Error('the part has no ids');
      const path = [...(open.get(increment.id) ?? []), ...(increment.subPath ?? [])];
      const target: unknown = path.reduce<unknown>((value, key) => Reflect.get(Object(value), key), data);
      if ('items' in increment) (target as unknown[]).push(...increment.items);
      else Object.assign(Object(target), increment.data);
      places.push(...(increment.errors ?? []).map((error) => error.path));
    }
  }
  return { data, places };
}

/** Without the vendor's cursors of lists of events, which differ from answer to answer. */
const lasting = (data: unknown): unknown =>
  JSON.parse(JSON.stringify(data).replaceAll(/"YW5hbHl0aWNzRXZlbnRz[\w-]*"/g, '"a cursor"'));
const sorted = (places: readonly (Path | undefined)[]) =>
  places.map((path) => path?.join('.') ?? '').toSorted();

const few: Caller = { ...anyone, scopes: new Set(['rooms:read', 'sessions:read']) };

/** Reads of single objects that fail in the second run. */
const FAILING = ['getPoll', 'getRoom', 'getTemplate', 'getSession', 'getActivePeer'];

it.each([
  ['to callers with all rights', anyone, []],
  ['to callers with few scopes', few, []],
  ['while the REST API fails', anyone, FAILING],
])('all parts together are the whole answer, %s', { timeout: 60_000 }, async (_what, caller, failing) => {
  const { faults } = lab.tested.sandbox;
  for (const operationId of failing) faults.set(operationId, { kind: 'status', status: 403 });
  const engine = createEngine('reference', () => false);
  const ids = [encodeGlobalId('Room', lab.subjects.room), encodeGlobalId('Poll', 'none'), 'bad'];
  const nodes = { document: refetchEverything(), variableValues: { ids } };
  // Half of them suffice where much fails.
  const tried =
    caller === few || failing.length > 0
      ? operations.filter((_, at) => at % 2 === failing.length % 2)
      : operations;
  for (const { document: text, ...more } of [...tried, nodes]) {
    const args = () => ({
      schema,
      contextValue: createContext(lab.tested.gateway.services, { caller }),
      ...more,
    });
    const document = parse(text);
    await lab.forget();
    const whole = await engine.execute({ ...args(), document });
    await lab.forget();
    const { data, places } = await joined(
      await engine.executeInParts({ ...args(), document: inParts(document) }, 'ids'),
    );
    expect(lasting(data), text).toEqual(lasting(whole.data));
    expect(sorted(places), text).toEqual(sorted(whole.errors?.map(({ path }) => path) ?? []));
  }
  faults.clear();
});
