// The environment of the processes that tests start.

/** The folder of Node's compile cache for tests. */
export const compileCache = new URL('../../node_modules/.cache/test-processes', import.meta.url).pathname;

/** PATH of this process, `more`, and `compileCache`, with which a process that loads much code starts in half the time. */
export function childEnvironment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], NODE_COMPILE_CACHE: compileCache, ...more };
}
