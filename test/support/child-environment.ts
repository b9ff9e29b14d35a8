// The environment of the processes that tests start.

/**
 * Of this process's own variables only PATH, and a folder for Node's compile cache, with which the start of a process that loads
 * much takes half of the time. `more` is added.
 */
export function childEnvironment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const cache = new URL('../../node_modules/.cache/test-processes', import.meta.url).pathname;
  return { PATH: process.env['PATH'], NODE_COMPILE_CACHE: cache, ...more };
}
