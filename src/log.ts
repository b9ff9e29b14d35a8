// How the log of the running gateway is written. What is logged holds no secrets by construction (`Secret`, errors
// without headers and bodies); this is the net below: each line is searched once more on its way out, as text and not
// by pino's `redact`, whose paths name places of a fixed depth and see nothing within messages and stacks.
import type { LoggerOptions } from 'pino';
import { redact, type Secret } from './secret.ts';

/** A text under a key that speaks of a secret, in a line of JSON. */
const NAMED =
  /("[\w-]{0,40}(?:authorization|cookie|password|secret|token|api[-_]?key)[\w-]{0,40}":)"(?:[^"\\]|\\.)*"/gi;

/**
 * Options for pino.
 * @param level the least level that is written
 * @param secrets what must not be in a line, wherever it comes from; tokens and API keys are known by their shape
 */
export function logOptions(level: string, secrets: readonly Secret[]): LoggerOptions {
  return {
    level,
    hooks: { streamWrite: (line) => redact(line.replaceAll(NAMED, '$1"[secret]"'), secrets) },
  };
}
