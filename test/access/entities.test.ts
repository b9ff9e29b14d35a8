// The gateway as a subgraph: every Node type, by each key, requires of every kind of caller what `node` requires.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { federated } from '../../schema/federation/subgraph.ts';
import { codesOf } from '../support/gateway.ts';
import { literalOf, representationsOf, type Representation } from '../support/representations.ts';
import { callerKinds } from './callers.ts';
import { row, type Row } from './row.ts';
import { startStage, type AccessStage } from './stage.ts';
import { nodes } from './table.ts';
import { askOverHttp, overHttp } from './transports.ts';
import { deviations } from './trial.ts';

let stage: AccessStage;
beforeAll(async () => {
  stage = await startStage({}, federated);
});
afterAll(() => stage[Symbol.asyncDispose]());

/** Rows of the table for `_entities`: those of `node`, with a row for each key. */
function rowsOfEntities({ cast }: AccessStage): readonly Row[] {
  return nodes.flatMap(({ name, scope, rooms, localId, reads }) =>
    representationsOf(name, localId(cast)).map((one) =>
      row('Query._entities', scope, { about: name, rooms, reads: { scope: reads, room: reads } }, () => {
        return `{ _entities(representations: [${literalOf(one)}]) { __typename } }`;
      }),
    ),
  );
}

test.each(callerKinds)(
  '$name fetches as entities the objects that `node` answers, and no others',
  async (kind) => {
    const rows = rowsOfEntities(stage);
    expect(rows.length).toBeGreaterThan(nodes.length);
    expect(await deviations(rows, kind, stage, overHttp(stage.tested.gateway))).toEqual([]);
  },
);

test('an object of a room that the caller may not see gets the same answer as one that does not exist', async () => {
  const { cast, other, doorkeeper, tested } = stage;
  const key = doorkeeper.key({ scopes: ['*'], rooms: [other.room] });
  const ask = (one: Representation) =>
    askOverHttp(
      tested.gateway,
      key,
      'query ($all: [_Any!]!) { _entities(representations: $all) { __typename } }',
      { all: [one] },
    );
  for (const { name, localId } of nodes.filter(({ rooms }) => rooms === 'object')) {
    const [, byHmsId] = representationsOf(name, localId(cast));
    if (byHmsId === undefined) continue;
    const theirs = await ask(byHmsId);
    expect(codesOf(theirs), name).toEqual(['FORBIDDEN']);
    expect(await ask({ ...byHmsId, hmsId: 'f'.repeat(24) })).toEqual(theirs);
  }
});

test('participants may not read the schema for routers', async () => {
  const { joiningToken, tested } = stage;
  const answer = await askOverHttp(tested.gateway, await joiningToken('plain'), '{ _service { sdl } }');
  expect(codesOf(answer)).toEqual(['FORBIDDEN']);
});
