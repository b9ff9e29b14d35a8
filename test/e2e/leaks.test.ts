// An upstream whose answers contain the gateway's token and secret: no answer over any transport contains them, and no
// line of the log.
import { describe, expect, it } from 'vitest';
import { Authenticator } from '../../src/auth/authenticator.ts';
import { systemClock } from '../../src/clock.ts';
import { composeGateway } from '../../src/gateway.ts';
import { transports } from '../support/transports.ts';
import { CANARY, gatewayCredentials } from '../support/canary.ts';
import { echoes, startEchoingUpstream } from '../support/echoing-upstream.ts';
import { noJitter, testConfig } from '../support/gateway.ts';
import { memoryLog } from '../support/memory-log.ts';

const ID = '64a000000000000000000000';
const ERRORS = '... on Error { message }';

/** Operations of each kind: lists, single objects, live rooms, mutations. */
const documents = [
  `{ rooms { edges { node { name } } } sessions { edges { cursor } } templates { edges { cursor } }
     recordings { edges { cursor } } room(id: "${ID}") { name peers { edges { cursor } } }
     session(id: "${ID}") { hmsId } template(id: "${ID}") { name } }`,
  `mutation { createRoom(input: { name: "x" }) { __typename ${ERRORS} ... on Room { name } } }`,
  `mutation { endRoom(input: { roomId: "${ID}" }) { __typename ${ERRORS} } }`,
  `subscription { peerChanges(roomId: "${ID}") { cursor ... on PeersSnapshot { stale } } }`,
];

/** A GET may only read, and a subscription needs a stream of answers. */
function isFor(transport: string, document: string): boolean {
  if (document.startsWith('subscription')) return ['an event stream', 'WebSocket'].includes(transport);
  return transport !== 'GET' || document.startsWith('{');
}

/** A listening gateway over an upstream with these answers. */
async function overEcho(name: string) {
  const echo = echoes[name];
  if (echo === undefined) throw new Error(`there is no ${name}`);
  await using resources = new AsyncDisposableStack();
  const upstream = resources.use(await startEchoingUpstream(echo));
  const { log, text } = memoryLog();
  const gateway = resources.use(
    composeGateway({
      config: testConfig({
        upstreamRequestsPerSecond: 10_000,
        pollIntervalMs: 50,
        pollMaxIntervalMs: 50,
        sessionCheckMs: 50,
      }),
      log,
      lingerMs: 0,
      client: { random: noJitter },
      authentication: new Authenticator({}, systemClock),
      upstream: { apiUrl: upstream.apiUrl, ...gatewayCredentials },
      limits: { pointsPerMinute: 0 },
    }),
  );
  const url = await gateway.listen();
  const all = resources.move();
  return { upstream, url, text, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

describe.each(Object.keys(echoes))('%s with the token and the secret in it', (name) => {
  it.each(transports)('neither the answers over %s nor the log contain them', async (transport, send) => {
    await using tested = await overEcho(name);
    const answers: string[] = [];
    for (const query of documents.filter((document) => isFor(transport, document))) {
      answers.push(JSON.stringify(await send(tested.url, { query })));
    }
    const [authorization = ''] = tested.upstream.authorizations;
    expect(authorization).toMatch(/^Bearer eyJ/);
    const shown = answers.join('\n') + tested.text();
    expect(shown).toMatch(/UPSTREAM_|Error"|"stale":true/);
    expect(shown).toContain('"upstream"');
    for (const secret of [CANARY, ...authorization.slice('Bearer '.length).split('.')]) {
      expect(shown).not.toContain(secret);
    }
  });
});
