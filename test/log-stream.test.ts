// The stream of the log over a real file.
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openLogStream, type LineFilter } from '../src/log-stream.ts';

function openFile(filter?: LineFilter) {
  const folder = mkdtempSync(join(tmpdir(), 'hms-gateway-log-'));
  const path = join(folder, 'log');
  const fd = openSync(path, 'w');
  const stream = openLogStream(fd, filter);
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

it('keeps the order of lines, also of those in pieces', async () => {
  await using file = openFile();
  file.stream.write('first\n');
  file.stream.openLine().push('second', 2, '\n');
  file.stream.write('third\n');
  file.stream.openLine().push('fourth ', 0.5, ' \u{1f600}\n');
  await file.stream.written(10_000);
  expect(file.text()).toBe('first\nsecond2\nthird\nfourth 0.5 \u{1f600}\n');
});

it('passes all lines through its filter, many at a time', async () => {
  const filtered: string[] = [];
  await using file = openFile((lines) => {
    filtered.push(lines);
    return lines.replaceAll('secret', '[secret]');
  });
  file.stream.write('a secret\n');
  file.stream.openLine().push('no', ' secret', '\n');
  await file.stream.written(10_000);
  expect(file.text()).toBe('a [secret]\nno [secret]\n');
  expect(filtered).toEqual(['a secret\nno secret\n']);
});

it('joins the pieces of many lines before their time is over, so that few are kept', async () => {
  let joined = 0;
  await using file = openFile((lines) => {
    joined += lines.split('\n').length - 1;
    return lines;
  });
  for (let line = 0; line < 1000; line += 1) file.stream.openLine().push('x'.repeat(100), '\n');
  expect(joined).toBeGreaterThan(700);
  await file.stream.written(10_000);
  expect(file.text()).toBe(`${'x'.repeat(100)}\n`.repeat(1000));
  expect(file.stream.lostLines).toBe(0);
});
