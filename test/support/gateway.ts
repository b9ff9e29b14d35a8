// A gateway over a sandbox of its own, asked in process; both end with the test.
import { pino, type Logger } from 'pino';
import { readConfig, type Config } from '../../src/config.ts';
import { createGateway, type Gateway } from '../../src/gateway.ts';
import type { Clock } from '../../src/clock.ts';
import type { RestClientOptions } from '../../src/rest/client.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/sandbox.ts';

export interface TestGatewayOptions {
  readonly sandbox?: SandboxOptions;
  readonly config?: Partial<Config>;
  readonly client?: Partial<RestClientOptions>;
  readonly clock?: Clock;
  readonly log?: Logger;
}

/** The JSON of a GraphQL answer. */
export interface Answer {
  // Tests read what they asked for; each knows the shape of its own document.
  readonly data?: unknown;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

export interface TestGateway extends AsyncDisposable {
  readonly gateway: Gateway;
  readonly sandbox: Sandbox;
  /** Sends a document over in-process HTTP and reads the answer. */
  ask(query: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** The same, for an answer that must be without errors: its `data`. */
  data(query: string, variables?: Record<string, unknown>): Promise<unknown>;
}

/** The configuration that the environment of a fresh machine gives, on free ports. */
export function testConfig(changes: Partial<Config> = {}): Config {
  return { ...readConfig({ PORT: '0', SANDBOX_PORT: '0' }), ...changes };
}

export async function startTestGateway(options: TestGatewayOptions = {}): Promise<TestGateway> {
  const { clock, log = pino({ level: 'silent' }) } = options;
  const timed = clock === undefined ? {} : { clock };
  await using resources = new AsyncDisposableStack();
  const sandbox = resources.use(await startSandbox({ ...timed, ...options.sandbox }));
  const gateway = resources.use(
    createGateway({
      config: testConfig({ upstreamRequestsPerSecond: 100_000, ...options.config }),
      log,
      ...timed,
      upstream: { apiUrl: sandbox.url, accessKey: 'sandbox', secret: 'sandbox-secret' },
      ...(options.client === undefined ? {} : { client: options.client }),
    }),
  );
  const ask = async (query: string, variables?: Record<string, unknown>): Promise<Answer> => {
    const response = await gateway.graphql.fetch('http://gateway.test/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Answer;
  };
  const all = resources.move();
  return {
    gateway,
    sandbox,
    ask,
    async data(query, variables) {
      const answer = await ask(query, variables);
      if (answer.errors !== undefined)
        throw new Error(`The answer has errors: ${JSON.stringify(answer.errors)}`);
      return answer.data;
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}
