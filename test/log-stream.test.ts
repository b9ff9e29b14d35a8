// The stream of the log over a real file.
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openLogStream } from '../src/log-stream.ts';

function openFile() {
  const folder = mkdtempSync(join(tmpdir(), 'hms-gateway-log-'));
  const path = join(folder, 'log');
  const fd = openSync(path, 'w');
  const stream = openLogStream(fd);
  return {
    stream,
    text: () => readFileSync(path, 'utf8'),
    async [Symbol.asyncDispose]() {
      await stream.written(10_000);
      closeSync(fd);
      rmSync(folder, { recursive: true });
    },
  };
}

it('keeps the order of lines, also of those whose texts are made late', async () => {
  await using file = openFile();
  const made: string[] = [];
  const late = (line: string) => () => {
    made.push(line);
    return line;
  };
  file.stream.write('first\n');
  file.stream.writeLate(late('second\n'));
  file.stream.write('third\n');
  file.stream.writeLate(late('fourth\n'));
  expect(made).toEqual([]);
  await file.stream.written(10_000);
  expect(made).toEqual(['second\n', 'fourth\n']);
  expect(file.text()).toBe('first\nsecond\nthird\nfourth\n');
});

it('makes the texts of many lines before their time is over, so that few are kept', async () => {
  await using file = openFile();
  let made = 0;
  for (let line = 0; line < 1000; line += 1) {
    file.stream.writeLate(() => {
      made += 1;
      return 'x'.repeat(100) + '\n';
    });
  }
  expect(made).toBeGreaterThan(800);
  expect(file.stream.lostLines).toBe(0);
});
