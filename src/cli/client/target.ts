// The gateway to which a command sends its requests, and the key that it sends: by the options, else by variables, else the
// default. There is no option for the key itself, because every user of a machine can see the arguments of a process.
import { readFile } from 'node:fs/promises';
import { CommandFault, messageOf } from '../fault.ts';

/** The options of commands that ask a gateway. */
export interface TargetOptions {
  /** Default: the variable GATEWAY_URL, else DEFAULT_URL. */
  readonly url?: string;
  /** Path of a file that contains the API key or token. Default: the key or token is in the variable GATEWAY_TOKEN. */
  readonly tokenFile?: string;
}

/** A gateway's endpoint, and what authenticates the caller there. */
export interface Target {
  readonly url: URL;
  /** Null: nothing is sent. */
  readonly token: string | null;
}

/** The endpoint of a gateway that was started without variables. */
export const DEFAULT_URL = 'http://127.0.0.1:4000/graphql';

/**
 * Reads options and environment variables. Throws a CommandFault if the URL or the token is invalid, or the file cannot be read.
 */
export async function targetOf(options: TargetOptions, environment: NodeJS.ProcessEnv): Promise<Target> {
  const text = options.url ?? (environment['GATEWAY_URL']?.trim() || DEFAULT_URL);
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    // The URL is not quoted, because it may contain a password.
    throw new CommandFault(2, [
      `the URL must be http or https, without a user or password, such as ${DEFAULT_URL}`,
    ]);
  }
  if (url.pathname === '/') url.pathname = '/graphql';
  return { url, token: await tokenOf(options, environment) };
}

async function tokenOf({ tokenFile }: TargetOptions, environment: NodeJS.ProcessEnv): Promise<string | null> {
  const given = tokenFile === undefined ? environment['GATEWAY_TOKEN'] : await tokenIn(tokenFile);
  const token = given?.trim() ?? '';
  if (token === '') return null;
  // `fetch` would refuse the header with a message that contains the token.
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new CommandFault(2, [
      `what ${tokenFile ?? 'GATEWAY_TOKEN'} has is no key or token: these are one line of ASCII without spaces`,
    ]);
  }
  return token;
}

async function tokenIn(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new CommandFault(1, [`the token cannot be read: ${messageOf(error)}`]);
  }
}
