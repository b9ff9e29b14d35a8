// The options of the log. Logged values hold no secrets by construction (`Secret`, errors without headers and bodies). As a
// second defence, each line is searched as text before it is written. pino's own `redact` would not do: its paths have a
// fixed depth and do not reach into messages and stacks.
import type { LoggerOptions } from 'pino';
import { redact, type Secret } from './secret.ts';

/** A string member of a JSON line whose key names a secret. */
const NAMED =
  /("[\w-]{0,40}(?:authorization|cookie|password|secret|token|api[-_]?key)[\w-]{0,40}":)"(?:[^"\\]|\\.)*"/gi;

/**
 * Options for pino, which remove secrets from each line.
 * @param level the lowest level that is written, a name of pino's or `silent`
 * @param secrets texts to remove wherever they occur; tokens and API keys need not be listed, as their form is recognised
 */
export function logOptions(level: string, secrets: readonly Secret[]): LoggerOptions {
  return {
    level,
    hooks: { streamWrite: (line) => redact(line.replaceAll(NAMED, '$1"[secret]"'), secrets) },
  };
}
