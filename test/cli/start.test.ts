// How the log names the REST API that a gateway is over.
import { expect, it } from 'vitest';
import { sourceOf } from '../../src/cli/start.ts';
import { readConfig } from '../../src/config.ts';

const credentials = { HMS_ACCESS_KEY: 'key', HMS_SECRET: 'made-up-secret', GATEWAY_AUTH: 'off' };

it.each([
  ['the vendor’s', {}, 'the 100ms API'],
  ['one of your own', { HMS_API_URL: 'http://127.0.0.1:4100/v2' }, 'the REST API at 127.0.0.1:4100'],
  ['another of the vendor’s', { HMS_API_URL: 'https://qa.100ms.live/v2' }, 'the REST API at qa.100ms.live'],
])('the REST API has a name in the log: %s', (_name, variables, source) => {
  expect(sourceOf({ sandbox: null }, readConfig({ ...credentials, ...variables }))).toBe(source);
});
