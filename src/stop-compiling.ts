// Keeps the end of the process from hanging. V8 compiles functions that run often in threads of its own. If such a thread needs a
// garbage collection while `process.exit` waits for the threads, both wait for ever
// (https://github.com/nodejs/node/issues/64274, seen in Node 24 and 26). So compilation stops a little before the exit.
import { setTimeout as wait } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';

/** What started before may take this long to finish, in milliseconds. Most functions take less than one, the largest some 20. */
const LAST_FUNCTIONS_MS = 100;

/**
 * From now on V8's threads compile no more functions: those that they have compiled stay fast, others run by the interpreter.
 * Resolves when `process.exit` may be called.
 */
export async function stopCompiling(): Promise<void> {
  setFlagsFromString('--no-maglev');
  setFlagsFromString('--no-turbofan');
  await wait(LAST_FUNCTIONS_MS);
}
