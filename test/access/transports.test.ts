// Every row of the table, subscriptions included, run by every kind of caller over real connections.
import { expect, test } from 'vitest';
import { parseWebhook } from '../../src/live/webhooks/webhook-event.ts';
import { settle } from '../support/manual-clock.ts';
import { callerKinds } from './callers.ts';
import { startStage, whileTimeGoesOn, type AccessStage } from './stage.ts';
import { operationRows, subscriptionRows } from './table.ts';
import { overEventStream, overWebSocket, type Transport } from './transports.ts';
import { deviations } from './trial.ts';

const transports = [
  { over: 'an event stream', open: overEventStream, sendsNothing: false },
  // A client that is refused upon connection_init sends no document, so that few rows test all.
  { over: 'WebSocket', open: overWebSocket, sendsNothing: true },
] as const;

const trials = transports.flatMap((transport) => callerKinds.map((kind) => ({ transport, kind })));

// Each has a stage of its own, so they run at the same time; on a busy machine all of them then take longer.
test.concurrent.each(trials)(
  'over $transport.over $kind.name may do what the table allows, and nothing else',
  { timeout: 60_000 },
  async ({ transport: { open, sendsNothing }, kind }) => {
    await using stage = await startStage();
    await using transport = open(await stage.tested.gateway.listen());
    const watching = ticking(transport, stage);
    // Subscriptions run first, because the mutations end the session.
    const found = await deviations(subscriptionRows, kind, stage, watching);
    if (kind.isStranger !== true || !sendsNothing)
      found.push(...(await deviations(operationRows, kind, stage, transport)));
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
