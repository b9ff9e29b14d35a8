// The command `npm start` as a process: what it prints, and its exit code.
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { CANARY } from '../support/canary.ts';
import { childEnvironment } from '../support/child-environment.ts';
import { startProcess } from '../support/child-process.ts';

const root = new URL('../../', import.meta.url);

interface Command extends AsyncDisposable {
  /** The output so far, of stdout and stderr. */
  readonly output: () => string;
  /** Resolves with the URL of the graph when the process has printed it; rejects if the process ends first. */
  readonly graph: Promise<string>;
  /** The exit code. */
  readonly ended: Promise<number | null>;
  readonly kill: (signal: NodeJS.Signals) => void;
}

/** Runs `src/main.ts start` with these environment variables. */
function start(environment: Record<string, string>, ...args: string[]): Command {
  const started = startProcess(process.execPath, ['src/main.ts', 'start', ...args], {
    env: childEnvironment(environment),
  });
  const { all, child } = started;
  const graph = Promise.withResolvers<string>();
  child.stdout?.on('data', () => {
    const url = /The graph is at (\S+\/graphql)/.exec(all())?.[1];
    if (url !== undefined) graph.resolve(url);
  });
  const ended = started.ended.then(({ code }) => code);
  ended
    .then(() => graph.reject(new Error(`ended before there was a graph: ${all()}`)))
    .catch(() => undefined);
  graph.promise.catch(() => undefined);
  return {
    output: all,
    graph: graph.promise,
    ended,
    kill: started.kill,
    [Symbol.asyncDispose]: () => started[Symbol.asyncDispose](),
  };
}

/** A port on which another server listens. */
async function takenPort(): Promise<AsyncDisposable & { readonly port: string }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A server that listens on a port has an address object with a port.
  const { port } = server.address() as AddressInfo;
  return {
    port: String(port),
    async [Symbol.asyncDispose]() {
      server.close();
      await once(server, 'close');
    },
  };
}

const anyPorts = { PORT: '0', SANDBOX_PORT: '0', SANDBOX_SECRET: CANARY, LOG_LEVEL: 'trace' };

// A process takes seconds to start while other tests start some too. They mostly wait, so they run side by side.
describe.concurrent('npm start', { timeout: 60_000 }, () => {
  // process-end.test.ts has SIGTERM.
  it('warns of a misspelt variable, serves the sandbox, and exits with 0 upon SIGINT', async () => {
    await using command = start({ ...anyPorts, GATEWAY_MAX_DEPHT: CANARY });
    const answer = await fetch(await command.graph, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ rooms(first: 1) { edges { node { name } } } }' }),
    });
    expect(await answer.json()).toMatchObject({ data: { rooms: { edges: [{}] } } });
    expect(command.output()).toContain('invented rooms of the sandbox');
    expect(command.output()).toContain('GATEWAY_MAX_DEPHT is not a variable of the gateway');
    command.kill('SIGINT');
    expect(await command.ended).toBe(0);
    expect(command.output()).toContain('/rooms');
    expect(command.output()).not.toMatch(/CANARY|eyJ[\w-]+\./);
  });

  // test/cli/start.test.ts has the names of all.
  it('names the REST API that it is over', async () => {
    const credentials = { HMS_ACCESS_KEY: 'key', HMS_SECRET: CANARY, GATEWAY_AUTH: 'off' };
    await using command = start({ ...anyPorts, ...credentials });
    const graph = await command.graph;
    expect(command.output()).toContain(`The graph is at ${graph}, over the 100ms API"`);
  });

  it('exits with 1 and prints every fault of a wrong configuration, without a secret', async () => {
    await using command = start({ PORT: 'x', LOG_LEVEL: 'loud', HMS_SECRET: CANARY });
    expect(await command.ended).toBe(1);
    for (const name of ['PORT', 'LOG_LEVEL', 'HMS_ACCESS_KEY'])
      expect(command.output()).toContain(`- ${name} `);
    expect(command.output()).toContain('3 faults');
    expect(command.output()).not.toMatch(/CANARY|\n\s+at /);
  });

  it.each(['PORT', 'SANDBOX_PORT'])(
    'exits with 1 and prints one clear line if %s is in use',
    async (variable) => {
      await using taken = await takenPort();
      await using command = start({ ...anyPorts, [variable]: taken.port });
      expect(await command.ended).toBe(1);
      expect(command.output().trim().split('\n')).toHaveLength(1);
      expect(command.output()).toContain(`Port ${taken.port} is in use: set ${variable} to a free one`);
    },
  );

  it('exits with 1 and prints every fault of an invalid file of persisted operations', async () => {
    const manifest = new URL('package.json', root).pathname;
    await using command = start({ ...anyPorts, GATEWAY_PERSISTED_OPERATIONS: manifest });
    expect(await command.ended).toBe(1);
    const [first, ...faults] = command.output().trim().split('\n');
    expect(first).toBe(`The persisted operations (GATEWAY_PERSISTED_OPERATIONS, ${manifest}) are invalid:`);
    expect(faults).toContain('  - name is not the SHA-256 of its document');
    expect(faults.every((line) => line.endsWith(' is not the SHA-256 of its document'))).toBe(true);
    expect(faults.length).toBeGreaterThan(5);
  });

  it('does not serve the sandbox in production unless SANDBOX is set', async () => {
    await using command = start({ ...anyPorts, NODE_ENV: 'production' });
    expect(await command.ended).toBe(1);
    expect(command.output()).toContain('HMS_ACCESS_KEY and HMS_SECRET are missing');
  });

  it('prints its usage', async () => {
    await using command = start({}, '--help');
    expect(await command.ended).toBe(0);
    expect(command.output()).toContain('Usage: hms-gateway start');
  });

  it('prints its version', async () => {
    const { version } = JSON.parse(await readFile(new URL('package.json', root), 'utf8')) as {
      version: string;
    };
    await using command = start({}, '--version');
    expect(await command.ended).toBe(0);
    expect(command.output()).toBe(`${version}\n`);
  });

  it.each(['--port=80', '-x', 'start'])(
    'exits with 2 and says where its usage is for the argument %s',
    async (argument) => {
      await using command = start(anyPorts, argument);
      expect(await command.ended).toBe(2);
      expect(command.output()).toContain(argument.split('=')[0]);
      expect(command.output()).toContain('hms-gateway --help');
      expect(command.output()).not.toContain('The graph is at');
    },
  );
});
