// Webhooks of several instances: each is accepted once, whichever instances it reaches, and acts in all.
import { describe, expect, it } from 'vitest';
import { SharedWebhooks, webhookOnce } from '../../../src/fleet/shared/shared-webhooks.ts';
import type { WebhookEvent } from '../../../src/live/webhooks/webhook-event.ts';
import { Secret } from '../../../src/secret.ts';
import { CANARY } from '../../support/canary.ts';
import { openTestFleet } from '../../support/fleet.ts';
import { findRedis, redisNotice, RedisServer, type RedisEngine } from '../../support/redis-server.ts';
import { startInstances, type Instance } from './gateways.ts';

const webhook = (id: string, type: string, data: object) => ({
  id,
  type,
  timestamp: '2026-03-12T16:00:05Z',
  data,
});

async function deliver(url: string, body: object): Promise<void> {
  const response = await fetch(`${url}/webhooks/100ms`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-webhook-secret': CANARY },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
}

/** The ids of the webhooks that an instance passes on to a subscriber of the room. */
function listen({ gateway }: Instance, roomId: string): string[] {
  const heard: string[] = [];
  const stream = gateway.services.live.roomEvents(roomId);
  const read = async () => {
    for await (const { id } of stream as AsyncIterable<WebhookEvent>) heard.push(id);
  };
  void read();
  return heard;
}

describe.each<RedisEngine>(['redis', 'valkey'])('over %s', (engine) => {
  describe.skipIf(findRedis(engine) === undefined)(`on this machine${redisNotice(engine)}`, () => {
    it('of equal deliveries at the same time one is accepted, for a day', async () => {
      await using server = await RedisServer.start({ engine });
      await using one = await openTestFleet({ port: server.port });
      await using two = await openTestFleet({ port: server.port });
      const accepted = await Promise.all(
        Array.from({ length: 20 }, (_, at) => webhookOnce(at % 2 === 0 ? one : two, ['id 1', 'content 1'])),
      );
      expect(accepted.filter(Boolean)).toHaveLength(1);
      expect(await webhookOnce(two, ['id 2', 'content 1'])).toBe(false);
      expect(await webhookOnce(two, ['id 2', 'content 2'])).toBe(true);
      expect(await server.send('KEYS', '*content*')).toContain('*0');
      const [key = ''] = /hms:\S+/.exec(await server.send('KEYS', '*webhooks*')) ?? [];
      const leftMs = Number(/:(\d+)/.exec(await server.send('PTTL', key))?.[1]);
      expect(leftMs).toBeGreaterThan(86_300_000);
      expect(leftMs).toBeLessThanOrEqual(86_400_000);
    });

    it('a delivery to several instances acts once in each, and another delivery of it in none', async () => {
      await using server = await RedisServer.start({ engine });
      await using resources = new AsyncDisposableStack();
      const instances: { readonly acts: string[]; readonly webhooks: SharedWebhooks<string> }[] = [];
      for (let index = 0; index < 3; index += 1) {
        const fleet = resources.use(await openTestFleet({ port: server.port }));
        const acts: string[] = [];
        const act = (event: string) => void acts.push(event);
        instances.push({
          acts,
          webhooks: new SharedWebhooks<string>(fleet, { keysOf: (event) => [event], act }),
        });
      }
      for (const event of ['first', 'second']) {
        await Promise.all(instances.map(({ webhooks }) => webhooks.receive(event)));
        for (const { webhooks } of instances) await webhooks.receive(event);
      }
      await expect
        .poll(() => instances.map(({ acts }) => acts))
        .toEqual(instances.map(() => ['first', 'second']));
    });
  });
});

describe.skipIf(findRedis('redis') === undefined)(`gateways${redisNotice('redis')}`, () => {
  it('pass a webhook on to the subscribers of all of them, once', async () => {
    await using instances = await startInstances({
      count: 3,
      config: { webhookSecrets: [new Secret(CANARY)] },
    });
    const { all, server, sandbox } = instances;
    const { id: roomId } = sandbox.world.rooms.create();
    const urls = await Promise.all(all.map(({ gateway }) => gateway.listen()));
    const heard = all.map((instance) => listen(instance, roomId));
    const joined = (id: string) =>
      webhook(id, 'peer.join.success', { room_id: roomId, session_id: 's', joined_at: id });
    await Promise.all(urls.map((url) => deliver(url, joined('first'))));
    await expect.poll(() => heard).toEqual([['first'], ['first'], ['first']]);
    for (const url of urls) await deliver(url, joined('second'));
    await expect
      .poll(() => heard)
      .toEqual([
        ['first', 'second'],
        ['first', 'second'],
        ['first', 'second'],
      ]);
    await server.kill();
    await expect.poll(() => all.some(({ fleet }) => fleet.isConnected)).toBe(false);
    for (const url of urls.slice(0, 2)) {
      await deliver(url, joined('away'));
      await deliver(url, joined('away'));
    }
    await expect.poll(() => heard.map(({ length }) => length)).toEqual([3, 3, 2]);
  });

  it('drop what a webhook says has changed, at all of them', async () => {
    await using instances = await startInstances({ config: { webhookSecrets: [new Secret(CANARY)] } });
    const { here, there, sandbox } = instances;
    const { id } = sandbox.world.rooms.create();
    const url = await here.gateway.listen();
    const isEnabled = () => there.data(`{ room(id: "${id}") { enabled } }`);
    expect(await isEnabled()).toEqual({ room: { enabled: true } });
    sandbox.world.rooms.update(id, { enabled: false });
    await deliver(url, webhook('1', 'room.end.success', { room_id: id }));
    // Without the webhook the room is answered from the cache for 5 s.
    await expect.poll(isEnabled, { interval: 5, timeout: 4000 }).toEqual({ room: { enabled: false } });
  });
});
