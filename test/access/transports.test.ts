// The table of access over real connections. Every kind of caller runs every subscription. Of queries and mutations each row is
// run by some kinds of callers and each kind runs some rows: access.test.ts runs all of them in every combination over HTTP, and
// the access of a field is decided by the same function whatever the transport is.
import { expect, test } from 'vitest';
import { parseWebhook } from '../../src/live/webhooks/webhook-event.ts';
import { settle } from '../support/manual-clock.ts';
import { callerKinds, type CallerKind } from './callers.ts';
import type { Row } from './row.ts';
import { startStage, whileTimeGoesOn, type AccessStage } from './stage.ts';
import { operationRows, subscriptionRows } from './table.ts';
import { overEventStream, overWebSocket, type Transport } from './transports.ts';
import { deviations } from './trial.ts';

const transports = [
  { over: 'an event stream', open: overEventStream },
  { over: 'WebSocket', open: overWebSocket },
] as const;

/** A kind that may do everything, and one that is refused everything: they run all rows. */
const COMPLETE = new Set([
  'a key with only the scope that is needed',
  'a key with every scope but the one that is needed',
]);
/** Each other kind runs one group of rows of so many, beginning with another group than the kind before. */
const SHARE = 4;

const scopes = [...new Set(operationRows.map(({ scope }) => scope))];

/** Mutations of one scope are a group, since some need what another one has done. Each other row is a group of its own. */
function groupOf(row: Row, index: number): number {
  return row.field.startsWith('Mutation.') ? scopes.indexOf(row.scope) : index;
}

const known = callerKinds.filter(({ isStranger }) => isStranger !== true);

/** The queries and mutations that a kind of caller runs. A stranger is refused before a document is looked at, so it runs none. */
function rowsOf(kind: CallerKind): readonly Row[] {
  const place = known.indexOf(kind);
  if (place === -1) return [];
  return operationRows.filter(
    (row, index) => COMPLETE.has(kind.name) || (groupOf(row, index) + place) % SHARE === 0,
  );
}

test('each query and mutation is run by a kind that may, by one that may not, and by others', () => {
  for (const row of operationRows) {
    const kinds = known.filter((kind) => rowsOf(kind).includes(row));
    expect(kinds.length, row.field).toBeGreaterThan(4);
    expect(new Set(kinds.map(({ expected }) => expected(row))), row.field).toEqual(
      new Set(['allowed', 'FORBIDDEN']),
    );
  }
  for (const kind of known) expect(rowsOf(kind).length, kind.name).toBeGreaterThan(30);
});

const trials = transports.flatMap((transport) => callerKinds.map((kind) => ({ transport, kind })));

// Each has a stage of its own, so they run at the same time; on a busy machine all of them then take longer.
test.concurrent.each(trials)(
  'over $transport.over $kind.name may do what the table allows, and nothing else',
  { timeout: 240_000 },
  async ({ transport: { open }, kind }) => {
    await using stage = await startStage();
    await using transport = open(await stage.tested.gateway.listen());
    const watching = ticking(transport, stage);
    // Subscriptions run first, because the mutations end the session.
    const found = await deviations(subscriptionRows, kind, stage, watching);
    found.push(...(await deviations(rowsOf(kind), kind, stage, transport)));
    expect(found).toEqual([]);
  },
);

/**
 * A transport that, while an answer is awaited, advances the gateway's clock and sends webhooks of the room, so that a
 * subscription gets an event.
 */
function ticking(transport: Transport, { tested, clock, cast }: AccessStage): Pick<Transport, 'ask'> {
  const { live } = tested.gateway.services;
  let sent = 0;
  const send = () => {
    sent += 1;
    // Webhooks with equal data would count as repetitions.
    const data = { room_id: cast.room, session_started_at: `2026-01-01T00:00:00.${sent}Z` };
    live.receive(parseWebhook({ id: `event-${sent}`, type: 'session.open.success', data }));
  };
  return {
    async ask(credential, document) {
      const answer = await whileTimeGoesOn(transport.ask(credential, document), clock, send);
      // Until the gateway has received that the client is gone, it polls, and calls of the next row are counted.
      do await settle();
      while (live.gauges().subscribers > 0);
      return answer;
    },
  };
}
