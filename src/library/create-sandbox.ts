// `createSandbox`: the emulator of the vendor's REST API for the tests of other programs.
import type { World } from '../sandbox/live/world.ts';
import { startSandbox, type Sandbox as RunningSandbox } from '../sandbox/sandbox.ts';
import { ConfigError } from '../config.ts';
import { isObject, kindFaultsOf, objectOf, text, trueOrFalse, type OptionKinds } from './option-kinds.ts';

/** Options of `createSandbox`; all have defaults. */
export interface SandboxOptions {
  /** Port on 127.0.0.1 to listen on. Default 0: any free port. */
  readonly port?: number;
  /** Whole number that determines the data, the ids, and what happens with `living`: equal seeds, equal data. Default 1. */
  readonly seed?: number;
  /** The access key that management tokens must contain. Default `sandbox`. */
  readonly accessKey?: string;
  /** The secret that management tokens must be signed with. Default `sandbox-secret`. */
  readonly secret?: string;
  /** `demo`: templates, rooms, and sessions with people in them; `empty`: a workspace without rooms. Default `demo`. */
  readonly data?: 'demo' | 'empty';
  /** Whether invented people join, act and leave over time. Default false: nothing happens except what the test does. */
  readonly living?: boolean;
  /** Where to send the vendor's webhooks about rooms. Default: none are sent. */
  readonly webhook?: { readonly url: string; readonly headers?: Readonly<Record<string, string>> };
}

/** A sandbox that listens on loopback, with all its data in memory. */
export interface Sandbox extends Pick<RunningSandbox, 'ledger' | 'faults' | 'close'>, AsyncDisposable {
  readonly kind: 'sandbox';
  /** Base URL of the REST API and of the room-code exchange, such as `http://127.0.0.1:4100/v2`. */
  readonly url: string;
  readonly accessKey: string;
  readonly secret: string;
  /** Does what people and apps do in rooms and the REST API cannot: `join`, `leave`, `updatePeer`. Also has the whole state. */
  readonly world: World;
}

const MAX_PORT = 65_535;

const kinds: OptionKinds = {
  port: {
    words: `a whole number from 0 to ${MAX_PORT}`,
    fits: (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MAX_PORT,
  },
  seed: { words: 'a whole number', fits: Number.isSafeInteger },
  accessKey: text,
  secret: text,
  data: { words: '`demo` or `empty`', fits: (value) => value === 'demo' || value === 'empty' },
  living: trueOrFalse,
  webhook: objectOf(['url', 'headers']),
  'webhook.url': {
    words: 'an http or https URL',
    fits: (value) => typeof value === 'string' && /^https?:$/.test(URL.parse(value)?.protocol ?? ''),
  },
  'webhook.headers': { words: 'an object', fits: isObject },
};
const names = Object.keys(kinds).filter((name) => !name.includes('.'));

/**
 * Starts a sandbox. Rejects with Node's error if the port is in use.
 * @throws ConfigError with all faults of the options
 */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const wrong = [...kindFaultsOf(options, names, 'createSandbox', kinds)];
  if (wrong.length > 0) throw new ConfigError(wrong);
  const { accessKey = 'sandbox', secret = 'sandbox-secret' } = options;
  const sandbox = await startSandbox({ ...options, host: '127.0.0.1', accessKey, secret });
  const { url, world, ledger, faults } = sandbox;
  const close = () => sandbox.close();
  return {
    kind: 'sandbox',
    url,
    accessKey,
    secret,
    world,
    ledger,
    faults,
    close,
    [Symbol.asyncDispose]: close,
  };
}
