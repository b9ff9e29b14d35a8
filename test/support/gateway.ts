// A gateway over a sandbox of its own, called within the process. Both end with the test.
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
import type { Logger } from 'pino';
import { readConfig, type Config } from '../../src/config.ts';
import { composeGateway, type Gateway, type GatewayOptions } from '../../src/gateway.ts';
import { systemClock, type Clock } from '../../src/clock.ts';
import { Authenticator } from '../../src/auth/authenticator.ts';
import type { Caller } from '../../src/auth/caller.ts';
import type { Authentication } from '../../src/server/entrance.ts';
import type { Limits } from '../../src/server/operation/limits.ts';
import type { RestClientOptions } from '../../src/rest/client/client-options.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/sandbox.ts';
import type { Tracing } from '../../src/trace.ts';
import { freezeAnswers } from './frozen-answers.ts';
import { canaryCredentials, canaryLog, gatewayCredentials, watchAnswer } from './canary.ts';

export interface TestGatewayOptions {
  readonly sandbox?: SandboxOptions;
  readonly config?: Partial<Config>;
  readonly client?: Partial<RestClientOptions>;
  readonly limits?: Partial<Limits>;
  /** Default: callers need not authenticate. */
  readonly authentication?: Authentication<Caller>;
  readonly clock?: Clock;
  readonly log?: Logger;
  readonly tracing?: Tracing;
  readonly federate?: GatewayOptions['federate'];
  /** Default: 0, as many tests leave connections open. */
  readonly lingerMs?: number;
}

/** Limits that are high enough for documents that select everything. */
export const anySize: Partial<Limits> = { tokens: 1_000_000, depth: 100, aliases: 10_000, cost: 1e9 };

/** The JSON of a GraphQL answer. */
export interface Answer {
  // Untyped: each test knows the shape of the answer to its document.
  readonly data?: unknown;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** The codes of an answer's errors; empty for an answer without errors and for no answer. */
export function codesOf(answer: Answer | null): readonly unknown[] {
  return (answer?.errors ?? []).map(({ extensions }) => extensions['code']);
}

/** A document as codegen types it: `graphql(...)` of test/generated/gql.ts. */
export type TypedDocument<Data, Variables> = DocumentTypeDecoration<Data, Variables> & { toString(): string };

export interface TestGateway extends AsyncDisposable {
  readonly gateway: Gateway;
  readonly sandbox: Sandbox;
  /** Sends a document over in-process HTTP and reads the answer. */
  ask(document: string | TypedDocument<unknown, never>, variables?: object): Promise<Answer>;
  /** The same, for an answer that must have no errors. Returns its `data`, with the type of its document. */
  data(document: string, variables?: object): Promise<unknown>;
  data<Data, Variables>(document: TypedDocument<Data, Variables>, variables?: Variables): Promise<Data>;
}

/** For `RestClientOptions.random`: a failed read is repeated at once, because the clock of the test may stand still. */
export const noJitter = () => 0;

/** The configuration on free ports, without any environment variable but the executor's: the suite is run with each. */
export function testConfig(changes: Partial<Config> = {}): Config {
  const { GATEWAY_EXECUTOR } = process.env;
  return { ...readConfig({ PORT: '0', SANDBOX_PORT: '0', GATEWAY_EXECUTOR }), ...changes };
}

export async function startTestGateway(options: TestGatewayOptions = {}): Promise<TestGateway> {
  const { clock, log = canaryLog() } = options;
  const timed = clock === undefined ? {} : { clock };
  await using resources = new AsyncDisposableStack();
  const sandbox = resources.use(await startSandbox({ ...canaryCredentials, ...timed, ...options.sandbox }));
  const gateway = resources.use(
    composeGateway({
      config: testConfig({ upstreamRequestsPerSecond: 100_000, ...options.config }),
      log,
      compilesAtOnce: true,
      lingerMs: options.lingerMs ?? 0,
      ...timed,
      ...(options.tracing === undefined ? {} : { tracing: options.tracing }),
      federate: options.federate,
      upstream: { apiUrl: sandbox.url, ...gatewayCredentials },
      limits: { pointsPerMinute: 0, failuresPerMinute: 1e6, ...options.limits },
      client: { random: noJitter, ...options.client },
      authentication: options.authentication ?? new Authenticator({}, clock ?? systemClock),
    }),
  );
  freezeAnswers(gateway.services.client);
  const ask = async (
    document: string | TypedDocument<unknown, never>,
    variables?: object,
  ): Promise<Answer> => {
    const response = await gateway.graphql.fetch('http://gateway.test/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: document.toString(), variables }),
    });
    const text = await response.text();
    watchAnswer(text);
    return JSON.parse(text) as Answer;
  };
  const all = resources.move();
  return {
    gateway,
    sandbox,
    ask,
    async data<Data>(document: string | TypedDocument<Data, never>, variables?: object) {
      const answer = await ask(document, variables);
      if (answer.errors !== undefined)
        throw new Error(`The answer has errors: ${JSON.stringify(answer.errors)}`);
      // Codegen has typed the document by the schema that the gateway serves.
      return answer.data as Data;
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}
