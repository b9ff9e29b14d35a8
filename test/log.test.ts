// The filter of the log: secrets that a caller of the log passes by mistake are removed from its lines.
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { logOptions } from '../src/log.ts';
import { Secret } from '../src/secret.ts';
import { CANARY } from './support/canary.ts';
import { managementToken } from './support/sandbox-client.ts';

/** The lines that a log writes while `use` runs, parsed. */
function linesOf(use: (log: pino.Logger) => void): readonly Readonly<Record<string, unknown>>[] {
  const lines: string[] = [];
  use(pino(logOptions('trace', [new Secret(CANARY)]), { write: (line) => void lines.push(line) }));
  // pino writes each line as a JSON object.
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

it('a secret, a token and an API key are removed from messages, errors and their causes', async () => {
  const token = await managementToken();
  const cause = new Error(`refused\n${token}`);
  const error = Object.assign(new Error(`no ${CANARY}`, { cause }), {
    sent: { key: `hgk_${'k'.repeat(43)}` },
  });
  const lines = linesOf((log) => {
    log.info(`it is ${CANARY} and ${token}`);
    log.error({ err: error }, 'it failed');
  });
  expect(lines[0]).toMatchObject({ msg: 'it is [secret] and [token]' });
  expect(lines[1]).toMatchObject({
    msg: 'it failed',
    err: { message: 'no [secret]: refused\n[token]', sent: { key: '[api key]' } },
  });
  const all = JSON.stringify(lines);
  for (const secret of [CANARY, token, token.slice(0, 40)]) expect(all).not.toContain(secret);
});

it('the value of a key that names a secret is removed at any depth, and no other value is', () => {
  const request = {
    headers: { Authorization: 'Basic "abc"', 'set-cookie': 'a=b', 'x-webhook-secret': 's', accept: '*/*' },
    body: { deep: { er: { apiKey: 'k', app_secret: 's', passwordHash: 'h', token: 't\\', name: 'token' } } },
  };
  expect(linesOf((log) => log.info(request, 'request'))).toMatchObject([
    {
      msg: 'request',
      headers: {
        Authorization: '[secret]',
        'set-cookie': '[secret]',
        'x-webhook-secret': '[secret]',
        accept: '*/*',
      },
      body: {
        deep: {
          er: {
            apiKey: '[secret]',
            app_secret: '[secret]',
            passwordHash: '[secret]',
            token: '[secret]',
            name: 'token',
          },
        },
      },
    },
  ]);
});
