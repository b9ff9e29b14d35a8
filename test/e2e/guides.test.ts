// Runs the code of docs/guides: each operation with an answer is answered so, and each program does what its page says.
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, test, vi } from 'vitest';
import { openApiDocument } from '../../src/openapi/document.ts';
import { childEnvironment } from '../support/child-environment.ts';
import { startProcess, type TestProcess } from '../support/child-process.ts';
import { startTestGateway } from '../support/gateway.ts';
import { blocksOf, operationsOf, readPage } from '../support/guide-blocks.ts';
import { freePort } from '../support/loopback.ts';
import { newcomer, stage, type Stage } from './stage.ts';

const guides = [
  'attendance',
  'from-rest',
  'giveaway',
  'live-roster',
  'moderation-bot',
  'recipes',
  'troubleshoot',
];
const pageOf = (guide: string) => readPage(`docs/guides/${guide}.md`);

test('operations of the guides are answered as the guides say', { timeout: 60_000 }, async () => {
  await using gateway = await startTestGateway();
  for (const guide of guides) {
    for (const { query, variables, answer } of operationsOf(pageOf(guide))) {
      if (answer !== undefined) expect(await gateway.ask(query, variables), guide).toMatchObject(answer);
    }
  }
});

test.skipIf(spawnSync('jq', ['--version']).error !== undefined)(
  'the command for jq finds those whose camera is off and may be on',
  () => {
    const [, filter = ''] = /jq -r '([^']*peers[^']*)'/.exec(pageOf('recipes')) ?? [];
    const camera = { type: 'VIDEO', source: 'regular', muted: false };
    const peer = (hmsId: string, tracks: readonly object[], allowed = ['AUDIO', 'VIDEO']) => ({
      node: { hmsId, templateRole: { publishParams: { allowed } }, tracks },
    });
    const edges = [
      peer('shown', [{ ...camera, type: 'AUDIO' }, camera]),
      peer('none', []),
      peer('microphone', [{ ...camera, type: 'AUDIO' }]),
      peer('muted', [{ ...camera, muted: true }]),
      peer('screen', [{ ...camera, source: 'screen' }]),
      peer('playlist', [{ ...camera, source: 'videoplaylist' }]),
      peer('listener', [], []),
    ];
    const input = JSON.stringify({ data: { room: { peers: { edges } } } });
    const { stdout, stderr } = spawnSync('jq', ['-r', filter], { input, encoding: 'utf8' });
    expect([stdout, stderr]).toEqual(['none\nmicrophone\nmuted\nscreen\nplaylist\n', '']);
  },
);

test('the table of REST calls names endpoints and fields that exist', () => {
  const rows = [...pageOf('from-rest').matchAll(/^\| `([A-Z]+) (\/[^`?]*)[^|]*\| (.*?) *\|$/gm)];
  const known = rows.map(([, method = '', path = '']) =>
    Object.hasOwn(openApiDocument.paths[path] ?? {}, method.toLowerCase()),
  );
  expect([known.length, known.every(Boolean)]).toEqual([18, true]);
  const schema = readPage('schema/schema.graphql');
  const fields = rows.flatMap(([, , , cell = '']) => cell.match(/`(\w+\.)?\w+/g) ?? []);
  const names = fields.map((field) => field.replace(/^.*[`.]/, ''));
  expect(names.length).toBeGreaterThan(20);
  expect(names.filter((name) => !schema.includes(`  ${name}`))).toEqual([]);
});

/** Runs the JavaScript of a guide with these arguments, in the project's folder. */
function run(guide: string, url: string, ...args: string[]): TestProcess {
  const [program = ''] = blocksOf(pageOf(guide)).flatMap(({ info, text }) => (info === 'js' ? [text] : []));
  const started = startProcess(process.execPath, ['--input-type=module', '-', ...args], {
    env: childEnvironment({ GATEWAY_URL: url }),
    stdio: 'pipe',
  });
  started.child.stdin?.end(program);
  return started;
}

const printed = (program: TestProcess, text: string) =>
  vi.waitFor(() => expect(program.all()).toContain(text), { interval: 20, timeout: 30_000 });

// A process takes seconds to start where others are started side by side.
describe('the program of', { timeout: 60_000, concurrent: true }, () => {
  it('the live roster prints the people after each change', async () => {
    await using it = await stage();
    await using roster = run('live-roster', it.url, it.room.id);
    await printed(roster, '1 people: Ada\n');
    const grace = it.world.join(it.room.id, newcomer('Grace'));
    await printed(roster, '2 people: Ada, Grace\n');
    it.world.updatePeer(it.room.id, grace.id, { metadata: '{"isHandRaised":true}' });
    await printed(roster, 'Ada, Grace (hand raised)\n');
  });

  it('the moderation bot handles after a restart whoever came meanwhile, without a new snapshot', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'guide-'));
    await using it = await stage();
    const isThere = (id: string) => it.world.sessions.active(it.room.id)?.peers.get(id)?.leftAt === undefined;
    try {
      const start = () => run('moderation-bot', it.url, it.room.id, join(folder, 'cursor'));
      {
        await using bot = start();
        await printed(bot, 'PeersSnapshot\n');
        const first = it.world.join(it.room.id, newcomer('Idiot One'));
        await printed(bot, 'Idiot One: removed\nPeerLeft\n');
        expect(isThere(first.id)).toBe(false);
        it.world.join(it.room.id, newcomer('Grace'));
        await printed(bot, 'PeerLeft\nPeerJoined\n');
      }
      const second = it.world.join(it.room.id, newcomer('Idiot Two'));
      await using bot = start();
      await printed(bot, 'Idiot Two: removed\n');
      expect(isThere(second.id)).toBe(false);
      expect(bot.all()).not.toContain('PeersSnapshot');
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('the giveaway gives the role to the only one who can win, and announces it then', async () => {
    await using it = await stage();
    const grace = it.world.join(it.room.id, newcomer('Grace'));
    const events = namesOfEvents(it);
    await using giveaway = run('giveaway', it.url, it.room.id, 'guest', 'host');
    await giveaway.ended;
    expect(giveaway.all()).toBe('Grace is host now.\n');
    expect(it.world.sessions.active(it.room.id)?.peers.get(grace.id)?.role).toBe('host');
    expect(events).toEqual(['peer.updated', 'message.sent']);
  });
});

/** The events of the sandbox from now on. */
function namesOfEvents({ world }: Stage): readonly string[] {
  const names: string[] = [];
  world.events.on(({ type }) => names.push(type));
  return names;
}

const programs = ['giveaway', 'live-roster', 'moderation-bot'];
const argsOf = (guide: string, roomId: string) =>
  guide === 'giveaway' ? [roomId, 'guest', 'host'] : [roomId, '/dev/null/no-cursor'];

describe('the giveaway', { timeout: 60_000 }, () => {
  it.each([
    ['no such role', ['guest', 'singer'], /^singer is no role of this room. Its roles: .*host.*\.\n$/],
    ['no such audience', ['singer', 'host'], /^singer is no role of this room. Its roles: .*host.*\.\n$/],
    ['no role', [], /^undefined is no role of this room. Its roles: .*host.*\.\n$/],
    ['nobody with the role', ['student', 'host'], /^There is nobody who can win\.\n$/],
  ])('announces nobody where there is %s', async (_case, roles, expected) => {
    await using it = await stage();
    it.world.join(it.room.id, newcomer('Grace'));
    const events = namesOfEvents(it);
    await using giveaway = run('giveaway', it.url, it.room.id, ...roles);
    await giveaway.ended;
    expect([giveaway.all(), giveaway.child.exitCode, events]).toEqual([
      expect.stringMatching(expected),
      1,
      [],
    ]);
  });

  // The REST API answers a change to such a role with success, and changes nothing.
  it.each([
    ['full', 1],
    ['open to nobody', -1],
  ])('announces nobody if the role of the stage is %s', async (_case, maxPeerCount) => {
    await using it = await stage();
    it.world.templates.putRole(it.room.templateId, 'host', { maxPeerCount });
    it.world.join(it.room.id, newcomer('Grace'));
    const events = namesOfEvents(it);
    await using giveaway = run('giveaway', it.url, it.room.id, 'guest', 'host');
    await giveaway.ended;
    expect([giveaway.all(), giveaway.child.exitCode, events]).toEqual(['The role host is full.\n', 1, []]);
  });

  it('announces nobody if the role change fails', async () => {
    await using it = await stage();
    it.world.join(it.room.id, newcomer('Grace'));
    it.sandbox.faults.set('updateActivePeer', { kind: 'status', status: 403 });
    const events = namesOfEvents(it);
    await using giveaway = run('giveaway', it.url, it.room.id, 'guest', 'host');
    await giveaway.ended;
    expect([giveaway.child.exitCode, events]).toEqual([1, []]);
    expect(giveaway.all()).toMatch(/^[^\n]+\n$/);
  });
});

describe('each program of the guides', { timeout: 60_000 }, () => {
  it.each(programs)('takes the URL with /graphql at its end (%s)', async (guide) => {
    await using it = await stage();
    it.world.join(it.room.id, newcomer('Grace'));
    await using program = run(guide, `${it.url}/graphql`, ...argsOf(guide, it.room.id));
    await printed(program, guide === 'moderation-bot' ? 'PeersSnapshot\n' : 'Grace');
    expect(program.all()).not.toContain('No connection');
  });

  it.each(programs)('says that there is no gateway (%s)', async (guide) => {
    const url = `http://127.0.0.1:${await freePort()}`;
    await using program = run(guide, url, ...argsOf(guide, '64a00087edd3d651dc000087'));
    await printed(program, guide === 'giveaway' ? 'No gateway answers at http' : 'No connection to ');
    expect(program.all()).toContain(`${url.replace(/^.*:/, ':')}/graphql`);
  });

  it.each(programs)('shows the errors of an answer without a stack (%s)', async (guide) => {
    await using it = await stage();
    await using program = run(guide, it.url, ...argsOf(guide, 'no-such-id'));
    await program.ended;
    expect(program.child.exitCode).toBe(1);
    expect(program.all()).toContain('no-such-id');
    expect(program.all()).not.toMatch(/^\s+at /m);
  });

  it('says what answers if it is no gateway (giveaway)', async () => {
    await using it = await stage();
    await using giveaway = run('giveaway', it.sandbox.url, ...argsOf('giveaway', it.room.id));
    await giveaway.ended;
    expect(giveaway.all()).toMatch(/^http:\S+\/graphql answers \d+ and no GraphQL\.\n$/);
  });
});
