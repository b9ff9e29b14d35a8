// The endpoint of layouts: a participant's token in place of the gateway's own.
import { expect, test } from 'vitest';
import { RestBadResponseError, RestUnauthorizedError } from '../../../src/rest/errors.ts';
import { listLayouts } from '../../../src/rest/templates/layouts.ts';
import { mockedRest, rejection } from '../client/support.ts';
import { sandboxedRest } from '../sandboxed.ts';

test("layouts are read with the participant's token", async () => {
  await using rest = mockedRest();
  rest.answer({ body: { data: [{ id: 'l1', role: 'host', themes: null }], limit: 1 } });
  expect(await listLayouts(rest.client, 'token-of-ada')).toEqual([{ id: 'l1', role: 'host', themes: null }]);
  expect(rest.requests).toMatchObject([
    { method: 'GET', path: '/v2/layouts/ui', headers: { authorization: 'Bearer token-of-ada' } },
  ]);
});

test('a room without layouts has an empty list', async () => {
  await using rest = mockedRest();
  rest.answer({ body: { data: null, limit: 0 } });
  expect(await listLayouts(rest.client, 'token-of-ada')).toEqual([]);
});

test('a layout without its role is refused', async () => {
  await using rest = mockedRest();
  rest.answer({ body: { data: [{ id: 'l1' }] } });
  await rejection(listLayouts(rest.client, 'token-of-ada'), RestBadResponseError);
});

test('a token of another workspace is refused, and not sent again', async () => {
  const { client, lines } = await sandboxedRest();
  await rejection(listLayouts(client, 'head.claims.signature'), RestUnauthorizedError);
  expect(lines()).toEqual(['GET /layouts/ui']);
});
