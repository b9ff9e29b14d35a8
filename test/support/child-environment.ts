// The environment of the processes that tests start.

/** The folder of Node's compile cache for tests. */
export const compileCache = new URL('../../node_modules/.cache/test-processes', import.meta.url).pathname;

/**
 * Of this process's own variables only PATH, and `compileCache`, with which the start of a process that loads
 * much takes half of the time. `more` is added.
 */
export function childEnvironment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], NODE_COMPILE_CACHE: compileCache, ...more };
}
