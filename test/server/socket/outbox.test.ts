// What the outboxes of sockets write: all frames of a turn at once, the same buffer for clients with the same ids, and pings.
import { Writable } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { Flushing, keptBytes, Outbox } from '../../../src/server/socket/outbox.ts';

/** The end of a turn of the event loop. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

const PING = '\u0089\0';
const frame = (text: string) => `\u0081${String.fromCharCode(text.length)}${text}`;

function outboxes(count: number) {
  const flushing = new Flushing();
  return Array.from({ length: count }, () => {
    const written: Buffer[] = [];
    let go = () => {};
    const stream = new Writable({
      write(chunk: Buffer, _encoding, sent) {
        written.push(chunk);
        go = sent;
      },
      highWaterMark: 100,
    });
    const socket = { readyState: 1, OPEN: 1, bufferedAmount: 0 };
    // The outbox uses no other members of these.
    const outbox = new Outbox(socket as never, stream as never, flushing);
    const texts = () => written.map((chunk) => chunk.toString('latin1'));
    return { outbox, socket, written, texts, read: () => go() };
  });
}

test('the frames of a turn are written at once, and those of the next by themselves', async () => {
  const [one] = outboxes(1);
  const shared = [Buffer.from('A'), Buffer.from('B')];
  one?.outbox.push(keptBytes('1:'), shared);
  one?.outbox.push(keptBytes(`${'x'.repeat(50)}:`), [Buffer.from('é')]);
  await turn();
  const second = `\u0081${String.fromCharCode(53)}${'x'.repeat(50)}:\u00c3\u00a9`;
  expect(one?.texts()).toEqual([frame('1:AB') + second]);
  one?.read();
  one?.outbox.push('', shared);
  await turn();
  expect(one?.texts().slice(1)).toEqual([frame('AB')]);
});

test('sockets of equal ids share one buffer, others have their own', async () => {
  const all = outboxes(4);
  const shared = [Buffer.from('A')];
  for (const [at, { outbox }] of all.entries()) {
    outbox.push(keptBytes(at === 2 ? '7:' : '1:'), shared);
    if (at === 3) outbox.push(keptBytes('2:'), shared);
  }
  await turn();
  const [first, second, third, fourth] = all;
  expect(second?.written[0]).toBe(first?.written[0]);
  expect(first?.texts()).toEqual([frame('1:A')]);
  expect(third?.texts()).toEqual([frame('7:A')]);
  expect(fourth?.texts()).toEqual([frame('1:A') + frame('2:A')]);
});

test('a ping that is due goes along with frames, of this socket alone', async () => {
  const [pinged, other] = outboxes(2);
  const shared = [Buffer.from('A')];
  pinged?.outbox.pulse.soon();
  for (const each of [pinged, other, pinged]) each?.outbox.push(keptBytes('1:'), shared);
  await turn();
  expect(pinged?.texts()).toEqual([frame('1:A') + frame('1:A') + PING]);
  expect(other?.texts()).toEqual([frame('1:A')]);
});

test('a client that does not read is not ready until it has read', async () => {
  const [one] = outboxes(1);
  const wake = vi.fn();
  one?.outbox.push('', [Buffer.alloc(120)]);
  expect(one?.outbox.isReady).toBe(true);
  await turn();
  expect(one?.outbox.isReady).toBe(false);
  one?.outbox.whenReady({ wake });
  one?.read();
  await turn();
  expect(one?.outbox.isReady).toBe(true);
  expect(wake).toHaveBeenCalledOnce();
});

test('a socket whose client has lost its rights sends nothing any more', async () => {
  const [one] = outboxes(1);
  if (one === undefined) throw new Error('There is one.');
  one.outbox.expiry = {
    keep() {
      one.socket.readyState = 2;
      return true;
    },
    cancel() {},
  };
  one.outbox.push('', [Buffer.from('A')]);
  await turn();
  one.outbox.ping();
  expect(one.texts()).toEqual([]);
});
