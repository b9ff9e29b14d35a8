// The stream of the log over a real file and a real pipe.
import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readFileSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openLogStream } from '../src/log-stream.ts';

function openFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'hms-gateway-log-'));
  return { path: join(folder, 'log'), [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
}

function openFile() {
  const folder = openFolder();
  const fd = openSync(folder.path, 'w');
  const stream = openLogStream(fd);
  return {
    stream,
    text: () => readFileSync(folder.path, 'utf8'),
    async [Symbol.asyncDispose]() {
      await stream.written(10_000);
      closeSync(fd);
      folder[Symbol.dispose]();
    },
  };
}

it('keeps the order of lines, also of those that are added as bytes', async () => {
  await using file = openFile();
  file.stream.write('first\n');
  const second = file.stream.openLine(100);
  second.addBytes(Buffer.from('second '));
  for (const number of [0, 9, 10, 0.5, 1e21]) second.addNumber(number);
  second.addAscii(' end\n');
  file.stream.write('third \u{1f600}\n');
  file.stream.openLine(100).addText('fourth é\n');
  await file.stream.written(10_000);
  expect(file.text()).toBe('first\nsecond 09100.51e+21 end\nthird \u{1f600}\nfourth é\n');
});

it('writes many lines before their time is over, so that few wait', async () => {
  await using file = openFile();
  const line = `${'x'.repeat(99)}\n`;
  for (let round = 0; round < 20; round += 1) {
    for (let count = 0; count < 1000; count += 1) file.stream.openLine(100).addAscii(line);
    await file.stream.written(10_000);
  }
  expect(file.text()).toBe(line.repeat(20_000));
  expect(file.stream.lostLines).toBe(0);
});

it('writes a line that is longer than those that are written together', async () => {
  await using file = openFile();
  const long = `${'é'.repeat(100_000)}\n`;
  for (const line of ['before\n', long, 'after\n']) file.stream.write(line);
  await file.stream.written(10_000);
  expect(file.text()).toBe(`before\n${long}after\n`);
});

it('loses the lines for which the queue has no room, and counts them', async () => {
  await using file = openFile();
  const line = `${'x'.repeat(999)}\n`;
  for (let count = 0; count < 1000; count += 1) file.stream.write(line);
  await file.stream.written(10_000);
  const { length } = file.text();
  expect(length).toBeGreaterThan(100_000);
  expect(file.stream.lostLines).toBe(1000 - length / 1000);
});

it('writes the rest to a full pipe when its reader has read', async () => {
  using folder = openFolder();
  execFileSync('mkfifo', [folder.path]);
  // Both ends at once, as the pipe of a stdout that does not block.
  const fd = openSync(folder.path, constants.O_RDWR | constants.O_NONBLOCK);
  const stream = openLogStream(fd);
  const line = `${'x'.repeat(999)}\n`;
  for (let count = 0; count < 200; count += 1) stream.write(line);
  let isWritten = false;
  const written = stream.written(10_000).then(() => (isWritten = true));
  // Nobody reads.
  await stream.written(50);
  await nextTurn();
  expect(isWritten).toBe(false);
  const chunk = Buffer.alloc(64 * 1024);
  let text = '';
  while (text.length < 200_000) {
    text += chunk.toString('latin1', 0, readNow(fd, chunk));
    await nextTurn();
  }
  await written;
  closeSync(fd);
  expect(text).toBe(line.repeat(200));
  expect(stream.lostLines).toBe(0);
});

/** How many bytes were read; 0 if there are none at present. */
function readNow(fd: number, chunk: Buffer): number {
  try {
    return readSync(fd, chunk);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return 0;
    throw error;
  }
}
