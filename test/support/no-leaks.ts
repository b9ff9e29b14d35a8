// Set up for every file of tests: a test fails when a secret came out while it ran. What a test reads of a response to
// a plain `fetch` is searched here, so that no test need think of it.
import { afterAll, afterEach, expect } from 'vitest';
import { takeLeaks, watchAnswer } from './canary.ts';

/** Marks that the responses of this process are searched: this file is evaluated anew for each file of tests. */
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
// Also for what comes out between the end of the last test and that of its file.
afterAll(expectNoLeaks);
