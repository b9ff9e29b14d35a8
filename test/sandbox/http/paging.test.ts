// Paging as a property: for any number of elements and any page size, the pages contain each element once, newest first.
import { assert, asyncProperty, integer } from 'fast-check';
import { expect, test } from 'vitest';
import { idsOf, startTestSandbox, type RestClient } from '../../support/sandbox-client.ts';

async function walk(rest: RestClient, path: string, limit: number): Promise<string[][]> {
  const pages: string[][] = [];
  let start = '';
  // A limit of one page more than possible, so that a fault in `last` cannot cause an endless loop.
  for (let page = 0; page < 40; page += 1) {
    const { body } = await rest.get(`${path}?limit=${limit}&start=${start}`);
    const ids = idsOf(body);
    expect(body).toMatchObject({ limit, last: ids.at(-1) ?? '' });
    pages.push(ids);
    if (ids.length < limit) return pages;
    start = ids.at(-1) ?? '';
  }
  throw new Error('the walk does not end');
}

test.each(['/rooms', '/templates', '/sessions'])(
  'the pages of %s contain each element once, newest first',
  async (path) => {
    await assert(
      asyncProperty(integer({ min: 0, max: 230 }), integer({ min: 10, max: 100 }), async (size, limit) => {
        await using lab = await startTestSandbox();
        const ids = Array.from({ length: size }, () => make(lab.world, path));
        const pages = await walk(lab.rest, path, limit);
        expect(pages.flat()).toEqual(ids.toReversed());
        expect(pages.slice(0, -1).every((page) => page.length === limit)).toBe(true);
      }),
      { numRuns: 8 },
    );
  },
);

function make(world: Parameters<typeof makeSession>[0], path: string): string {
  if (path === '/rooms') return world.rooms.create().id;
  return path === '/templates' ? world.templates.create().id : makeSession(world);
}

function makeSession(world: Awaited<ReturnType<typeof startTestSandbox>>['world']): string {
  const [room = world.rooms.create()] = world.rooms.all.values();
  const peer = world.join(room.id, { name: 'Ada', role: 'host', userId: 'ada' });
  world.leave(room.id, peer.id);
  return peer.sessionId;
}

test.each([
  [-5, 10],
  [0, 10],
  [9, 10],
  [11, 11],
  [100, 100],
  [101, 100],
])('a limit of %i is clamped to its bounds and echoed as %i', async (requested, applied) => {
  await using lab = await startTestSandbox();
  for (let made = 0; made < 120; made += 1) lab.world.rooms.create();
  const { body } = await lab.rest.get(`/rooms?limit=${requested}`);
  expect(body).toHaveProperty('limit', applied);
  expect(idsOf(body)).toHaveLength(applied);
});

test('rooms created while a client pages appear on no later page', async () => {
  await using lab = await startTestSandbox();
  const ids = Array.from({ length: 15 }, () => lab.world.rooms.create().id).toReversed();
  const first = idsOf((await lab.rest.get('/rooms')).body);
  lab.world.rooms.create();
  const second = idsOf((await lab.rest.get(`/rooms?start=${first.at(-1)}`)).body);
  expect([...first, ...second]).toEqual(ids);
});
