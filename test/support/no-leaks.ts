// Set up for every file of tests: a test fails when a secret came out while it ran.
import { afterAll, afterEach, expect } from 'vitest';
import { takeLeaks } from './canary.ts';

function expectNoLeaks(): void {
  expect(takeLeaks(), 'secrets that came out').toEqual([]);
}

afterEach(expectNoLeaks);
// Also for what comes out between the end of the last test and that of its file.
afterAll(expectNoLeaks);
