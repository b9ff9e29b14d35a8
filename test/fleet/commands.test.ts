// How commands use the connection, over a client of ioredis that is not connected.
import { Writable } from 'node:stream';
import type { Redis } from 'ioredis';
import { expect, it } from 'vitest';
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
