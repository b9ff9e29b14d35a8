// The filter of the log: secrets that a caller of the log passes by mistake are removed from its lines.
import { pino } from 'pino';
import { prettyFactory } from 'pino-pretty';
import { expect, it } from 'vitest';
import { logOptions, readableLines } from '../src/log.ts';
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

/** The lines as a terminal shows them, without their times. */
function shownAtTerminal(use: (log: pino.Logger) => void): string {
  const lines: string[] = [];
  use(pino(logOptions('trace', []), { write: (line) => void lines.push(line) }));
  const show = readableLines((options) => prettyFactory({ ...options, colorize: false }));
  return lines.map((line) => show(line).replace(/^\[[\d:]+\] /, '')).join('');
}

it('a terminal shows a request as one line in words', () => {
  const asked = {
    requestId: 'r-1',
    transport: 'http',
    type: 'query',
    operation: 'Rooms',
    caller: 'key:desk',
  };
  const ended = { method: 'POST', path: '/graphql', status: 200, durationMs: 12, points: 21, restCalls: 2 };
  const text = shownAtTerminal((log) => {
    log.info({ ...asked, ...ended }, 'request');
    log.info({ requestId: 'r-2', transport: 'sse', type: 'subscription' }, 'subscription');
    log.info(
      {
        requestId: 'r-3',
        transport: 'http',
        method: 'POST',
        path: '/graphql',
        status: 401,
        code: 'UNAUTHENTICATED',
        durationMs: 1,
      },
      'request',
    );
    log.info('The graph is at http://127.0.0.1:4000/graphql');
    log.debug({ method: 'GET', route: '/rooms' }, 'upstream');
  });
  expect(text.trimEnd().split('\n')).toEqual([
    'INFO: query "Rooms" by key:desk over http: 200, 12 ms, 21 points, 2 REST calls (r-1)',
    'INFO: subscription over sse: began (r-2)',
    'INFO: POST /graphql over http: 401, UNAUTHENTICATED, 1 ms (r-3)',
    'INFO: The graph is at http://127.0.0.1:4000/graphql',
    'DEBUG: upstream {"method":"GET","route":"/rooms"}',
  ]);
});
