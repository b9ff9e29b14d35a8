// The net under the log: what should never be logged does not leave it.
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { logOptions } from '../src/log.ts';
import { Secret } from '../src/secret.ts';
import { CANARY } from './support/canary.ts';
import { managementToken } from './support/sandbox-client.ts';

/** The lines that a log writes while `use` uses it, parsed. */
function linesOf(use: (log: pino.Logger) => void): readonly Readonly<Record<string, unknown>>[] {
  const lines: string[] = [];
  use(pino(logOptions('trace', [new Secret(CANARY)]), { write: (line) => void lines.push(line) }));
  // Each line of pino is an object in JSON.
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

it('a secret, a token and an API key are taken out of messages, errors and their causes', async () => {
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

it('what stands under the name of a secret is taken out at any depth, and nothing else', () => {
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
