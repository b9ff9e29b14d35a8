// The live-rooms page in a real browser, over real sockets, against gateways over one sandbox.
import axe from 'axe-core';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { PeerRecord, RoomRecord } from '../../src/sandbox/records.ts';
import { RUN_AXE } from '../support/axe.ts';
import { BROWSER_TEST_MS, noChromium } from '../support/browser.ts';
import { logIn, SMALL_OR_OUTSIDE } from './checks.ts';
import { raiseHand } from './scene.ts';
import { shareStage, type SharedStage } from './shared-stage.ts';
import { visit } from './stage.ts';

/** The bytes of the whole page, compressed with gzip: 120,000, and room to grow. */
const MAX_BYTES = 150_000;
/** The first paint takes 0.3 s, with content 0.6 s, on a machine with 15 times its work; this bound is no measurement. */
const MAX_FIRST_PAINT_MS = 10_000;

describe.skipIf(noChromium !== '')(
  `the live-rooms page in a browser${noChromium}`,
  { timeout: BROWSER_TEST_MS },
  () => {
    let stage: SharedStage;
    shareStage((started) => (stage = started));

    /** A room of its own for one test, with one person. */
    function freshRoom(name: string): readonly [room: RoomRecord, ada: PeerRecord] {
      const room = stage.world.rooms.create({ name });
      return [room, stage.world.join(room.id, newcomer('Ada Lovelace'))];
    }
    const newcomer = (name: string) => ({ name, role: 'student', userId: name.toLowerCase() });
    const card = (page: Page, name: string) => page.getByRole('article', { name });
    const countOf = (page: Page, name: string) => card(page, name).locator('.count b');
    const polls = (roomId: string) =>
      stage.sandbox.ledger.entries.filter(({ path }) => path.startsWith(`/active-rooms/${roomId}/peers`))
        .length;

    test('shows a join after the next poll, and rooms that go live and end', async () => {
      const [room, ada] = freshRoom('joins');
      await using visited = await visit(stage.browser, stage.open.url);
      const { page } = visited;
      await countOf(page, 'joins').getByText('1', { exact: true }).waitFor();
      const before = polls(room.id);
      const grace = stage.world.join(room.id, newcomer('Grace Hopper'));
      await countOf(page, 'joins').getByText('2', { exact: true }).waitFor();
      // One poll may have been on its way when Grace joined; the page itself needs less than another interval.
      expect(polls(room.id) - before).toBeLessThanOrEqual(3);
      await card(page, 'joins').getByText('Grace Hopper joined').waitFor();

      for (const { id } of [ada, grace]) stage.world.leave(room.id, id);
      await card(page, 'joins').waitFor({ state: 'detached' });
      await page.getByRole('region', { name: 'Ended since you came' }).getByText('joins').waitFor();
      expect(visited.complaints).toEqual([]);
    });

    test("a room's page tells what happens in it: hands, roles, names, people who leave", async () => {
      const [room, ada] = freshRoom('happenings');
      await using visited = await visit(stage.browser, stage.open.url, `#/rooms/${room.id}`);
      const { page } = visited;
      const { world } = stage;
      const told = (text: string) =>
        page.getByRole('region', { name: 'What happened' }).getByText(text, { exact: true }).waitFor();
      await page.getByRole('heading', { level: 1, name: 'happenings' }).waitFor();
      await told('Ada Lovelace joined');
      const grace = world.join(room.id, newcomer('Grace Hopper'));
      await told('Grace Hopper joined');
      raiseHand(world, room.id, grace.id);
      await told('Grace Hopper raised a hand');
      await expect.poll(() => page.locator('.figures').innerText()).toMatch(/Hands up\s+1/);
      world.updatePeer(room.id, grace.id, { role: 'teacher' });
      await told('Grace Hopper became teacher · was student');
      world.updatePeer(room.id, grace.id, { name: 'Amazing Grace' });
      await told('Grace Hopper is now Amazing Grace');
      world.leave(room.id, ada.id);
      await told('Ada Lovelace left');
      expect(visited.complaints).toEqual([]);
    });

    test('survives a restart of the gateway without a reload and without a wrong count', async () => {
      const [room, ada] = freshRoom('restarts');
      await using visited = await visit(stage.browser, stage.open.url);
      const { page } = visited;
      await countOf(page, 'restarts').getByText('1', { exact: true }).waitFor();
      await page.evaluate(COLLECT_COUNTS);
      await stage.open.restart(async () => {
        await page.getByText('The connection is lost.').waitFor();
        stage.world.leave(room.id, ada.id);
        for (const name of ['Grace Hopper', 'Emmy Noether', 'Hedy Lamarr'])
          stage.world.join(room.id, newcomer(name));
      });
      await countOf(page, 'restarts').getByText('3', { exact: true }).waitFor();
      await page.getByText('Connected again: all is up to date.').waitFor();
      stage.world.join(room.id, newcomer('Ida Rhodes'));
      await countOf(page, 'restarts').getByText('4', { exact: true }).waitFor();
      expect(await page.evaluate('window.counts')).toEqual(['1', '3', '4']);
    });

    test('says which room is not up to date while the REST API is out, and goes on after it', async () => {
      const [room] = freshRoom('stale');
      await using visited = await visit(stage.browser, stage.open.url);
      const { page } = visited;
      await countOf(page, 'stale').getByText('1', { exact: true }).waitFor();
      const lift = stage.sandbox.faults.set('*', { kind: 'status', status: 503 });
      await card(page, 'stale').getByText('Not up to date').waitFor();
      lift();
      stage.world.join(room.id, newcomer('Grace Hopper'));
      await countOf(page, 'stale').getByText('2', { exact: true }).waitFor();
      await card(page, 'stale').getByText('Not up to date').waitFor({ state: 'detached' });
    });

    test('watches cameras and microphones when asked, and no longer than that', async () => {
      const { world, sandbox } = stage;
      const [room] = freshRoom('cameras');
      const grace = world.join(room.id, { ...newcomer('Grace Hopper'), publish: ['audio', 'video'] });
      world.setMute(room.id, grace.id, 'audio', true);
      await using visited = await visit(stage.browser, stage.open.url, `#/rooms/${room.id}`);
      const { page } = visited;
      const row = page.getByRole('listitem').filter({ hasText: 'Grace Hopper' });
      const looks = () => sandbox.ledger.count({ operationId: 'getActivePeer' });
      await row.getByText('student').waitFor();
      const before = looks();
      const button = page.getByRole('button', { name: 'Cameras and microphones' });
      await button.click();
      await row.getByText('camera on').waitFor({ state: 'attached' });
      await row.getByText('microphone off').waitFor({ state: 'attached' });
      expect(looks()).toBeGreaterThan(before);
      world.setMute(room.id, grace.id, 'video', true);
      await row.getByText('camera off').waitFor({ state: 'attached' });
      await button.click();
      await row.getByText('camera off').waitFor({ state: 'detached' });
    });

    test('acts on a person and tells the typed results', async () => {
      const [room, ada] = freshRoom('acts');
      await using visited = await visit(stage.browser, stage.closed.url);
      const { page } = visited;
      await logIn(page, 'hgk_wrong');
      await page.getByRole('alert').waitFor();
      await logIn(page, stage.key('*'));
      await card(page, 'acts').getByRole('link').click();
      await page.getByRole('button', { name: 'Act on Ada Lovelace' }).click();
      const dialog = page.getByRole('dialog', { name: 'Ada Lovelace' });
      const told = (text: string | RegExp) => dialog.getByRole('status').getByText(text).waitFor();

      await dialog.getByLabel('Message').fill('Hello');
      await dialog.getByRole('button', { name: 'Send' }).click();
      await told('The message is sent.');
      await dialog.getByLabel('Role').selectOption('teacher');
      await dialog.getByRole('button', { name: 'Change' }).click();
      await told('Ada Lovelace is teacher now.');
      expect(stage.world.sessions.connectedPeer(room.id, ada.id)?.role).toBe('teacher');

      // Someone else is faster: what the gateway answers is told as it is.
      const lift = stage.sandbox.faults.set('removePeers', { kind: 'status', status: 404 });
      await dialog.getByRole('button', { name: 'Remove from the room' }).click();
      await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
      await told(/^Not found: /);
      lift();
      await dialog.getByRole('button', { name: 'Remove from the room' }).click();
      await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
      await told('Ada Lovelace is removed.');
      expect(stage.world.sessions.connectedPeers(room.id)).toEqual([]);
    });

    test('offers no action that the login does not allow, and keeps the key for the tab only if asked to', async () => {
      const [room] = freshRoom('looks');
      await using visited = await visit(stage.browser, stage.closed.url, `#/rooms/${room.id}`);
      const { page } = visited;
      await page.getByLabel('Keep it until this tab is closed').check();
      await logIn(page, stage.key('*:read'));
      await page.getByText('This login may look at people, but not act on them.').waitFor();
      await page.reload();
      await page.getByText('This login may look at people, but not act on them.').waitFor();
      expect(await page.getByRole('button', { name: /^Act on/ }).count()).toBe(0);
      expect(await page.evaluate('[localStorage.length, sessionStorage.length]')).toEqual([0, 1]);
      await page.getByRole('button', { name: 'Log out' }).click();
      await page.getByRole('heading', { name: 'Log in' }).waitFor();
      expect(await page.evaluate('sessionStorage.length')).toBe(0);
    });

    test('shows a participant their own room, and no other', async () => {
      const [room, ada] = freshRoom('own-room');
      const token = await stage.joiningToken({ roomId: room.id, userId: 'ada lovelace', role: ada.role });
      await using visited = await visit(stage.browser, stage.closed.url, `#/rooms/${room.id}`);
      const { page } = visited;
      await logIn(page, token);
      await page.getByRole('heading', { level: 1, name: 'own-room' }).waitFor();
      await page.getByText('This login may look at people, but not act on them.').waitFor();
      stage.world.join(room.id, newcomer('Grace Hopper'));
      await page.getByText('Grace Hopper joined').waitFor();
      await page.getByRole('link', { name: 'All live rooms' }).click();
      await page.getByText('This login may not see which rooms are live').waitFor();
      await page.getByLabel('Room id').fill(stage.rooms[0]?.id ?? '');
      await page.getByRole('button', { name: 'Open' }).click();
      await page.getByText('This room cannot be watched').waitFor();
    });

    test('works by the keyboard alone', async () => {
      await using visited = await visit(stage.browser, stage.open.url);
      const { page } = visited;
      const link = card(page, 'spanish-b1').getByRole('link');
      await link.focus();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: 'spanish-b1' }).waitFor();
      await page
        .getByRole('button', { name: /^Act on/ })
        .first()
        .focus();
      await page.keyboard.press('Enter');
      await page.getByLabel('Message').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toMatch(/^Act on/);
    });

    test.for(['list', 'room', 'dialog', 'login'] as const)(
      'the %s: axe finds nothing in light and dark, and at 360 px all that can be pressed can be reached',
      async (view) => {
        const { url } = view === 'login' ? stage.closed : stage.open;
        const place = view === 'list' ? '' : `#/rooms/${stage.rooms[1]?.id}`;
        await using visited = await visit(stage.browser, url, place);
        const { page } = visited;
        await show(page, view);
        await page.evaluate(axe.source);
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          expect(await page.evaluate(RUN_AXE), colorScheme).toEqual([]);
        }
        await page.setViewportSize({ width: 360, height: 740 });
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
        expect(await page.evaluate(SMALL_OR_OUTSIDE)).toEqual([]);
      },
    );

    test('is small, and paints soon', async () => {
      await using visited = await visit(stage.browser, 'about:blank#');
      const { page } = visited;
      const bodies: Promise<Buffer>[] = [];
      page.on('response', (response) => {
        if (response.url().includes('/live')) bodies.push(response.body());
      });
      await page.goto(`${stage.open.url}/live`);
      await card(page, 'algebra-2').waitFor();
      await page.evaluate('document.fonts.ready.then(() => undefined)');
      const sizes = (await Promise.all(bodies)).map((body) => gzipSync(body).length);
      expect(sizes.length).toBeGreaterThanOrEqual(4);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MAX_BYTES);
      const paint = await page.evaluate(
        'performance.getEntriesByName("first-contentful-paint")[0].startTime',
      );
      expect(paint).toBeLessThan(MAX_FIRST_PAINT_MS);
    });
  },
);

/** Collects each count that the card `restarts` shows from now on, once for each change. */
const COLLECT_COUNTS = `{
  const read = () => document.evaluate(
    '//article[.//a[text()="restarts"]]//span[@class="count"]/b', document, null, 9, null).singleNodeValue?.textContent;
  window.counts = [read()];
  const note = () => { const count = read(); if (count !== window.counts.at(-1)) window.counts.push(count); };
  new MutationObserver(note).observe(document.body, { subtree: true, childList: true, characterData: true });
}`;

async function show(page: Page, view: 'list' | 'room' | 'dialog' | 'login'): Promise<void> {
  if (view === 'login') await page.getByRole('heading', { name: 'Log in' }).waitFor();
  else if (view === 'list') {
    // Cards are watched while they are on the screen.
    const card = page.getByRole('article', { name: 'algebra-2' });
    await card.scrollIntoViewIfNeeded();
    await card.locator('.count').waitFor();
  } else
    await page
      .getByRole('button', { name: /^Act on/ })
      .first()
      .waitFor();
  if (view === 'dialog') {
    await page
      .getByRole('button', { name: /^Act on/ })
      .first()
      .click();
    await page.getByRole('dialog').waitFor();
  }
}
