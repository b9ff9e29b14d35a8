// Loaded before every test file: fails a test if a secret was found in any output while it ran, and the file if a process still runs
// at its end. What a test reads of a response to a plain `fetch` is searched here, so tests need not do it.
import { afterAll, afterEach, expect } from 'vitest';
import { takeLeaks, watchAnswer } from './canary.ts';
import { endProcesses } from './child-process.ts';

/** Marks `Response` as changed already: this file is loaded again for each test file. */
const SEARCHED = Symbol.for('hms-gateway.searched');

function searchResponses(prototype: Response & { [SEARCHED]?: true }): void {
  if (prototype[SEARCHED] === true) return;
  prototype[SEARCHED] = true;
  const read = Object.getOwnPropertyDescriptor(prototype, 'text')?.value as Response['text']; // it is a method
  prototype.text = async function searched() {
    const text = await read.call(this);
    watchAnswer(text);
    return text;
  };
  prototype.json = async function searched() {
    return JSON.parse(await this.text()) as unknown;
  };
}

function expectNoLeaks(): void {
  expect(takeLeaks(), 'secrets that came out').toEqual([]);
}

searchResponses(Response.prototype);
afterEach(expectNoLeaks);
// After the hooks of the file, as it was registered before them.
afterAll(async () => {
  const left = await endProcesses();
  // There may be output between the end of the last test and the end of its file.
  expectNoLeaks();
  expect(left, 'processes that still ran').toEqual([]);
});
