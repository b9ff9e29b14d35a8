// The outcomes of each mutation, compared with the unions of the schema: each member has a cause, which is run against
// the sandbox, and the vendor's other refusals reach clients in the vendor's words.
import { isInterfaceType, isObjectType, isUnionType, getNamedType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { schema } from '../../schema/index.ts';
import { openApiDocument } from '../../src/openapi/document.ts';
import { buildScene } from '../access/stage.ts';
import type { AccessCast } from '../access/row.ts';
import { operationRows } from '../access/table.ts';
import { coverage } from '../coverage/table.ts';
import { startTestGateway, type Answer, type TestGateway } from '../support/gateway.ts';
import { says, type Cause, type Failure, type Outcomes } from './row.ts';
import { table } from './table.ts';

const mutations = Object.keys(schema.getMutationType()?.getFields() ?? {});

interface Members {
  readonly success: string;
  readonly failures: readonly string[];
}

/** The members of a mutation's union: the failures implement `Error`. */
function membersOf(mutation: string): Members {
  const union = getNamedType(schema.getMutationType()?.getFields()[mutation]?.type);
  const error = schema.getType('Error');
  if (!isUnionType(union) || !isInterfaceType(error)) throw new Error(`${mutation} returns no union`);
  const isFailure = (name: string) => {
    const type = schema.getType(name);
    return isObjectType(type) && type.getInterfaces().includes(error);
  };
  const names = union.getTypes().map(({ name }) => name);
  const [success, ...more] = names.filter((name) => !isFailure(name));
  if (success === undefined || more.length > 0) throw new Error(`${mutation} has not one success`);
  return { success, failures: names.filter(isFailure) };
}

const writes = new Set(
  Object.values(openApiDocument.paths).flatMap(({ post, delete: remove }) =>
    [post, remove].flatMap((operation) => operation?.operationId ?? []),
  ),
);

/** The write of the REST API that a mutation makes; a token is signed without one, after a read of its room. */
function operationOf(mutation: string): string {
  const entries = Object.entries(coverage);
  const [operationId] = entries.find(([id, { fields }]) => writes.has(id) && fields.includes(mutation)) ?? [];
  return operationId ?? 'getRoom';
}

interface Stage extends TestGateway {
  readonly cast: AccessCast;
}

/** A new world with all objects that the rows need. */
async function startStage(): Promise<Stage> {
  const tested = await startTestGateway({ sandbox: { data: 'empty' } });
  const { world } = tested.sandbox;
  world.sip.answerMs = 0;
  const scene = buildScene(world);
  const claims = { roomId: scene.room, role: 'host', userId: 'u', validForSeconds: 60 };
  const { token } = await tested.gateway.services.authTokens.mint(claims);
  return { ...tested, cast: { ...scene, world, workflow: '', authToken: token } };
}

const SELECTION = '{ __typename ... on Error { message } ... on RefusedError { httpStatus } }';

function documentOf(mutation: string, { input }: Cause, cast: AccessCast): string {
  const known = operationRows.find(({ field }) => field === `Mutation.${mutation}`);
  const document =
    input === undefined ? known?.document(cast) : `mutation { ${mutation}(input: { ${input(cast)} }) { x } }`;
  if (document === undefined) throw new Error(`the table of access has no row for ${mutation}`);
  const [head = ''] = document.split(/\{[^{}]*\}\s*\}$/);
  const hasRefusals = membersOf(mutation).failures.includes('RefusedError');
  return `${head} ${hasRefusals ? SELECTION : '{ __typename ... on Error { message } }'} }`;
}

interface Result {
  readonly __typename: string;
  readonly message?: string;
  readonly httpStatus?: number;
}

/** The mutation's result, or that of its first item. */
function resultOf(mutation: string, { data }: Answer): Result | null {
  // The selection is the one above.
  const value = (data as Readonly<Record<string, Result | null | readonly (Result | null)[]>>)[mutation];
  return [value ?? null].flat()[0] ?? null;
}

async function run(stage: Stage, mutation: string, cause: Cause): Promise<Answer> {
  cause.before?.(stage.cast);
  if (cause.fault !== undefined) stage.sandbox.faults.set(operationOf(mutation), cause.fault);
  return stage.ask(documentOf(mutation, cause, stage.cast));
}

const causes = [...table].flatMap(([mutation, { done = {}, ...failures }]) =>
  [['done', done] as const, ...Object.entries(failures)].map(([member, cause]) => ({
    mutation,
    member: member === 'done' ? membersOf(mutation).success : member,
    cause,
  })),
);

describe('the union of a mutation', () => {
  it('exists for each row of the table, and each union has a row', () => {
    expect([...table.keys()].toSorted()).toEqual(mutations.toSorted());
  });

  it.each([...table])('of %s has exactly the outcomes of the table', (mutation, row: Outcomes) => {
    const { done: _, ...failures } = row;
    expect(membersOf(mutation).failures.toSorted()).toEqual(Object.keys(failures).toSorted());
  });

  it.each(causes)('$mutation: $member', async ({ mutation, member, cause }) => {
    await using stage = await startStage();
    const answer = await run(stage, mutation, cause);
    expect(answer.errors).toBeUndefined();
    expect(resultOf(mutation, answer)?.__typename).toBe(member);
  });
});

/** The member for a status of the vendor; null: the union lacks it, so the answer is an error. */
function memberFor(mutation: string, status: number): Failure | null {
  const { failures } = membersOf(mutation);
  const special = { 404: 'NotFoundError', 409: 'ConflictError' } as const;
  const candidates: Failure[] = [
    ...(status in special ? [special[status as 404 | 409]] : []),
    'RefusedError',
  ];
  return candidates.find((name) => failures.includes(name)) ?? null;
}

/** A token is signed after reads only, and a refused read is an error of the operation. */
const readsAlone = (mutation: string) => operationOf(mutation) === 'getRoom';

describe('a refusal by the vendor', () => {
  const words = 'its own words';

  it.each(mutations)('that is not documented reaches the client of %s', async (mutation) => {
    await using stage = await startStage();
    const { faults } = stage.sandbox;
    const cause = table.get(mutation)?.done ?? {};
    const document = documentOf(mutation, cause, stage.cast);
    for (const status of [400, 402, 404, 409, 422]) {
      stage.gateway.services.catalog.forgetRoom(stage.cast.room);
      const clear = faults.set(operationOf(mutation), says(status, words));
      const answer = await stage.ask(document);
      clear();
      const isRead = readsAlone(mutation);
      const member = isRead && status !== 404 ? null : memberFor(mutation, status);
      if (member === null) {
        const message = `The upstream API refused the request: ${words}`;
        const extensions = { code: 'UPSTREAM_ERROR', status };
        expect(answer.errors).toMatchObject([{ message, extensions }]);
        expect(resultOf(mutation, answer)).toBeNull();
        continue;
      }
      expect(answer.errors).toBeUndefined();
      const result = resultOf(mutation, answer);
      expect(result?.__typename).toBe(member);
      if (member !== 'NotFoundError') expect(result?.message).toBe(words);
      if (member === 'RefusedError') expect(result?.httpStatus).toBe(status);
    }
  });
});

describe('an answer about another object', () => {
  it.each(['enableRoom', 'disableRoom'])(
    'is a refusal for the client of %s, who does not get that room',
    async (mutation) => {
      await using stage = await startStage();
      const { lockRoom } = stage.cast;
      const shape = (body: unknown) => ({ ...(body as object), id: lockRoom });
      const answer = await run(stage, mutation, { fault: { kind: 'shape', shape } });
      expect(answer.errors).toBeUndefined();
      expect(resultOf(mutation, answer)).toMatchObject({ __typename: 'RefusedError', httpStatus: 409 });
    },
  );
});
