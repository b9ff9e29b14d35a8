// How commands and heartbeats use the two connections, over clients of ioredis that are not connected.
import { EventEmitter } from 'node:events';
import { Writable } from 'node:stream';
import type { Redis } from 'ioredis';
import { expect, it } from 'vitest';
import { Channels } from '../../src/fleet/channels.ts';
import { Commands } from '../../src/fleet/commands.ts';
import { ManualClock } from '../support/manual-clock.ts';

it('sends the commands of one turn in one write', async () => {
  const written: string[][] = [];
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, _, done) {
      written.push([String(chunk)]);
      done();
    },
    writev(chunks, done) {
      written.push(chunks.map(({ chunk }) => String(chunk)));
      done();
    },
  });
  // The part of a client that is used here.
  const client = { stream } as unknown as Redis;
  const commands = new Commands(new ManualClock(), () => client);
  const send = (text: string) => commands.send('get', async () => stream.write(text));
  const later = Promise.resolve().then(() => send('c'));
  await Promise.all([send('a'), send('b'), later]);
  await new Promise(setImmediate);
  await send('d');
  await new Promise(setImmediate);
  expect(written).toEqual([['a', 'b', 'c'], ['d']]);
});

it('asks whether messages still arrive only where none has come since it asked last', async () => {
  let pings = 0;
  const parts = { ping: async () => (pings += 1), subscribe: async () => {} };
  // The part of a client that is used here.
  const client = Object.assign(new EventEmitter(), parts) as unknown as Redis;
  const channels = new Channels(new ManualClock(), () => {});
  await channels.attach(client);
  await channels.check(client, 1000);
  expect(pings).toBe(1);
  client.emit('message', 'channel', 'text');
  await channels.check(client, 1000);
  expect(pings).toBe(1);
  await channels.check(client, 1000);
  expect(pings).toBe(2);
});

it('takes a connection for lost that brings neither a message nor an answer in time', async () => {
  const parts = { ping: () => new Promise(() => {}), subscribe: async () => {} };
  // The part of a client that is used here.
  const client = Object.assign(new EventEmitter(), parts) as unknown as Redis;
  const clock = new ManualClock();
  const channels = new Channels(clock, () => {});
  await channels.attach(client);
  const checked = expect(channels.check(client, 1000)).rejects.toThrow('has not answered');
  await clock.advance(1000);
  await checked;
});
