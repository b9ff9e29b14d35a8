// The command `hms-gateway` as a whole: help, faults of its arguments, exit codes, completion, and the short subcommands.
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { federatedSdl } from '../../schema/federation/sdl.ts';
import { schema } from '../../schema/index.ts';
import { CANARY } from '../support/canary.ts';
import { runCommand } from '../support/command.ts';

const root = new URL('../../', import.meta.url);
const ESCAPE = '\u001B';

// A process takes long to start on a busy machine.
describe.concurrent('hms-gateway', { timeout: 60_000 }, () => {
  it('lists its subcommands with --help, without colours in a pipe', async () => {
    const { code, output, errors } = await runCommand(['--help']);
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    for (const name of ['start', 'sandbox', 'key', 'check-config', 'print-schema', 'completion']) {
      expect(output).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
    }
    expect(output).not.toContain(ESCAPE);
  });

  it.each([
    [['help'], ['--help']],
    [
      ['help', 'rooms'],
      ['rooms', '--help'],
    ],
    [
      ['help', 'key', 'new'],
      ['key', 'new', '--help'],
    ],
    [
      ['help', 'key', 'revoke'],
      ['key', 'revoke', '--help'],
    ],
  ])('prints for %j the help of %j', async (words, option) => {
    const [byWord, byOption] = await Promise.all([runCommand(words), runCommand(option)]);
    expect(byWord).toEqual(byOption);
    expect(byWord.code).toBe(0);
    const names = words.slice(1).map((word) => ` ${word}`);
    expect(byWord.output).toContain(`Usage: hms-gateway${names.join('')} [options]`);
  });

  it('has colours where they are asked for', async () => {
    const { output } = await runCommand(['--help'], { FORCE_COLOR: '1' });
    expect(output).toContain(`${ESCAPE}[1mUsage:`);
  });

  it('without a subcommand prints its help as an error', async () => {
    const { code, output, errors } = await runCommand([]);
    expect({ code, output }).toEqual({ code: 2, output: '' });
    expect(errors).toContain('Usage: hms-gateway');
  });

  it('suggests the subcommand that was meant', async () => {
    expect(await runCommand(['strt'])).toEqual({
      code: 2,
      output: '',
      errors: "hms-gateway: unknown command 'strt'\n(Did you mean start?)\nSee `hms-gateway --help`.\n",
    });
  });

  it('prints the schema, as it is committed', async () => {
    const { code, output } = await runCommand(['print-schema']);
    expect(code).toBe(0);
    expect(output).toBe(await readFile(new URL('schema/schema.graphql', root), 'utf8'));
  });

  it('prints the schema as a subgraph, from which a router composes', async () => {
    const { code, output } = await runCommand(['print-schema', '--federation']);
    expect(code).toBe(0);
    expect(output).toBe(federatedSdl(schema));
  });

  it.each(['bash', 'zsh', 'fish'])('prints a script that completes words in %s', async (shell) => {
    const { code, output } = await runCommand(['completion', shell]);
    expect(code).toBe(0);
    expect(output).toContain('hms-gateway complete --');
  });

  it('completes subcommands and options', async () => {
    const [commands, options] = await Promise.all([
      runCommand(['complete', '--', 'key', '']),
      runCommand(['complete', '--', 'key', 'new', '--sc']),
    ]);
    expect(commands.output).toMatch(/^new\t.*^list\t.*^revoke\t/ms);
    expect(options.output).toMatch(/^--scopes\t/m);
  });
});

describe.concurrent('check-config', { timeout: 60_000 }, () => {
  it('says what the gateway would do, without a secret', async () => {
    const { code, output } = await runCommand(['check-config'], {
      HMS_ACCESS_KEY: 'my-access-key',
      HMS_SECRET: CANARY,
      GATEWAY_AUTH: 'hms-token',
      REDIS_URL: `redis://me:${CANARY}@redis.example:7000/2`,
      HTTPS_PROXY: `http://me:${CANARY}@proxy.example:3128`,
      WEBHOOK_SECRET: `${CANARY}-0123456789-0123456789-0123456789`,
      GATEWAY_MAX_DEPHT: '3',
    });
    expect(code).toBe(0);
    expect(output).toContain('https://api.100ms.live/v2');
    expect(output).toContain('tokens of participants');
    expect(output).toContain('through Redis at redis.example:7000, database 2');
    expect(output).toContain('http://proxy.example:3128');
    expect(output).toContain('did you mean GATEWAY_MAX_DEPTH?');
    expect(output).not.toContain(CANARY);
  });

  it('prints every fault at once, also those of files, and ends with 1', async () => {
    const { code, output, errors } = await runCommand(['check-config'], {
      PORT: 'x',
      HMS_SECRET: CANARY,
      GATEWAY_AUTH: 'api-key',
      GATEWAY_API_KEYS: new URL('LICENSE', root).pathname,
      GATEWAY_PERSISTED_OPERATIONS: '/nowhere/operations.json',
    });
    expect({ code, output }).toEqual({ code: 1, output: '' });
    for (const part of ['- PORT ', '- HMS_ACCESS_KEY ', '- GATEWAY_API_KEYS (', 'line 1:', '/nowhere/']) {
      expect(errors).toContain(part);
    }
    expect(errors).not.toContain(CANARY);
  });
});
