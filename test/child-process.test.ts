// What the tests start processes with: their output is kept, and none outlives its test file.
import { expect, it, vi } from 'vitest';
import { endProcesses, runProcess, startProcess } from './support/child-process.ts';

const node = (program: string) => [process.execPath, ['--eval', program]] as const;

it('keeps the output of a process to its end', async () => {
  const { ended, all } = startProcess(
    ...node(`console.log('one'); console.error('two'); process.exitCode = 3`),
  );
  expect(await ended).toEqual({ code: 3, output: 'one\n', errors: 'two\n' });
  expect(all().split('\n').toSorted()).toEqual(['', 'one', 'two']);
});

it('says what a process has written that was to succeed', async () => {
  expect(await runProcess(...node(`console.log('one')`))).toBe('one\n');
  await expect(runProcess(...node(`console.error('no such room'); process.exitCode = 1`))).rejects.toThrow(
    /ended with 1: no such room\n$/,
  );
});

it('ends the processes that still run, and the whole group of one that has a group of its own', async () => {
  const forever = 'console.log(process.pid); setInterval(() => {}, 1e6)';
  const single = startProcess(...node(forever));
  const spawning = `require('node:child_process').spawn(process.execPath, ['--eval', ${JSON.stringify(forever)}], { stdio: 'inherit' });`;
  const group = startProcess(...node(spawning + forever), { ownGroup: true });
  const pids = () => `${single.output()}${group.output()}`.match(/\d+(?=\n)/g)?.map(Number) ?? [];
  await vi.waitUntil(() => pids().length === 3, { timeout: 10_000, interval: 10 });
  // Resolves when the last process that has one of their pipes has ended.
  expect(await endProcesses()).toEqual([
    expect.stringContaining('--eval console.log'),
    expect.stringContaining('--eval require'),
  ]);
  expect(await endProcesses()).toEqual([]);
});

it('ends with an error if there is no such command', async () => {
  await expect(startProcess('/no/such/command', []).ended).rejects.toThrow('ENOENT');
  expect(await endProcesses()).toEqual([]);
});

it('is not harmed by a process that ends before it has read its input', async () => {
  const { child, ended } = startProcess(...node('process.stdin.destroy(); process.exit()'), {
    stdio: 'pipe',
  });
  const closed = new Promise((resolve) => child.stdin?.once('close', resolve));
  // More than a pipe holds, so that writing cannot end before the process does.
  child.stdin?.end('x'.repeat(4_000_000));
  await closed;
  expect(await ended).toEqual({ code: 0, output: '', errors: '' });
});
