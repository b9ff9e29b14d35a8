// Every query and mutation of the table, run by every kind of caller over HTTP.
import { expect, test } from 'vitest';
import { callerKinds } from './callers.ts';
import { startStage } from './stage.ts';
import { operationRows } from './table.ts';
import { overHttp } from './transports.ts';
import { deviations } from './trial.ts';

test.each(callerKinds)('over HTTP $name may do what the table allows, and nothing else', async (kind) => {
  await using stage = await startStage();
  const transport = overHttp(stage.tested.gateway);
  expect(await deviations(operationRows, kind, stage, transport)).toEqual([]);
});
