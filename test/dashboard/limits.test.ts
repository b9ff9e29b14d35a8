// What the live-rooms page says of what it does not show: what a login may not see, and rooms that are not on the screen.
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { RUN_AXE } from '../support/axe.ts';
import { BROWSER_TEST_MS, noChromium } from '../support/browser.ts';
import { logIn, SMALL_OR_OUTSIDE } from './checks.ts';
import { shareStage, type SharedStage } from './shared-stage.ts';
import { visit } from './stage.ts';

describe.skipIf(noChromium !== '')(
  `the live-rooms page says what it does not show${noChromium}`,
  { timeout: BROWSER_TEST_MS },
  () => {
    let stage: SharedStage;
    shareStage((started) => (stage = started));

    async function visitAs(scopes: Parameters<SharedStage['key']>[0], place = '') {
      const visited = await visit(stage.browser, stage.closed.url, place);
      await logIn(visited.page, stage.key(scopes));
      return visited;
    }
    const figures = (page: Page) => page.locator('.figures').innerText();

    test("without `sessions:read` a room's page tells who is there, and what it cannot tell", async () => {
      const { world } = stage;
      const room = world.rooms.create({ name: 'half-seen' });
      const ada = world.join(room.id, { name: 'Ada Lovelace', role: 'student', userId: 'ada' });
      await using visited = await visitAs('rooms:read,peers:read', `#/rooms/${room.id}`);
      const { page } = visited;
      await page.getByRole('heading', { level: 1, name: 'half-seen' }).waitFor();
      await page
        .getByText(
          'Not shown: since when the room is live, and who was here before. This login lacks the scope sessions:read.',
        )
        .waitFor();
      expect(await figures(page)).toMatch(/^People\s+1\s+Hands up\s+0$/);
      await page.getByRole('region', { name: 'What happened' }).getByText('Ada Lovelace joined').waitFor();
      await page.getByRole('region', { name: 'Recordings' }).getByText('recordings:read').waitFor();
      await page.getByRole('region', { name: 'People' }).getByText('peers:write').waitFor();

      // The list of peers, which this login may read, shows that the room is empty now.
      world.leave(room.id, ada.id);
      await page.getByText('Not shown').waitFor({ state: 'detached' });
      expect(await figures(page)).toMatch(/Live for\s+not live$/);
    });

    test('a participant is told that the record of the session is closed to them', async () => {
      const room = stage.world.rooms.create({ name: 'unrecorded' });
      stage.world.join(room.id, { name: 'Ada Lovelace', role: 'student', userId: 'ada' });
      const token = await stage.joiningToken({ roomId: room.id, userId: 'ada', role: 'student' });
      await using visited = await visit(stage.browser, stage.closed.url, `#/rooms/${room.id}`);
      const { page } = visited;
      await logIn(page, token);
      await page.getByText('Not shown: who was here before.').waitFor();
      expect(await figures(page)).toMatch(/Live for\s+\d+:\d\d$/);
    });

    test('without `sessions:read` the start page names the scope, lists the rooms, and opens one by name or id', async () => {
      await using visited = await visitAs('rooms:read,peers:read');
      const { page } = visited;
      const field = page.getByLabel('Room id or name');
      const open = async (text: string) => {
        await field.fill(text);
        await page.getByRole('button', { name: 'Open' }).click();
      };
      const opened = (name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
      await page.getByText('This login may not see which rooms are live').waitFor();
      await page.getByText('This login lacks the scope sessions:read.').waitFor();

      await open('no such-room');
      await page.getByText('There is no room with the name or id “no such-room”.').waitFor();
      await open('Spanish-B1');
      await opened('spanish-b1');
      await page.goBack();
      await open(` ${stage.rooms[1]?.id} `);
      await opened('algebra-2');
      await page.goBack();
      await page
        .getByRole('region', { name: 'The newest rooms' })
        .getByRole('link', { name: 'office-hours' })
        .click();
      await opened('office-hours');
      expect(visited.complaints).toEqual([]);
    });

    test('without `rooms:read` the page opens a room by its id, and says why not by its name', async () => {
      await using visited = await visitAs('peers:read');
      const { page } = visited;
      await page
        .getByText('Rooms cannot be found by their names. This login lacks the scope rooms:read.')
        .waitFor();
      await page.getByLabel('Room id').fill('algebra-2');
      await page.getByRole('button', { name: 'Open' }).click();
      await page.getByText('This login lacks the scope rooms:read.', { exact: true }).waitFor();
      await page.getByLabel('Room id').fill(stage.rooms[1]?.id ?? '');
      await page.getByRole('button', { name: 'Open' }).click();
      await page.getByText('Its name is not shown: This login lacks the scope rooms:read.').waitFor();
      expect(await figures(page)).toMatch(/^People\s+\d/);
    });

    test('a login that sees sessions, but not their rooms, is told how many are live', async () => {
      await using visited = await visitAs('sessions:read,peers:read');
      const { page } = visited;
      await page
        .getByRole('heading', { name: /^\d+ live, but this login may not see which rooms$/ })
        .waitFor();
      await page.getByText('This login lacks the scope rooms:read.').first().waitFor();
    });

    test('the signs in the numbers are explained, and so are cards of rooms that have not been on the screen', async () => {
      await using visited = await visit(stage.browser, stage.open.url, '', { width: 390, height: 844 });
      const { page } = visited;
      const summary = page.locator('#summary');
      const last = page.getByRole('article').last();
      await summary
        .getByText(
          /^\+ stands for the people of \d+ more rooms\. The page reads the people of a room only while/,
        )
        .waitFor();
      expect(await figures(page)).toMatch(/People\s+\d+\+/);
      await last.getByText('Its people are read when it is on the screen.').waitFor();
      expect(await page.locator('.figures').getAttribute('aria-describedby')).toBe('summary');
      for (const card of await page.getByRole('article').all()) {
        await card.scrollIntoViewIfNeeded();
        await card.locator('.count').waitFor();
      }
      await summary.getByText('≈ counts rooms as they were last seen.').waitFor();
      expect(await figures(page)).toMatch(/People\s+≈ \d+/);
    });

    test('the way back stands at the left edge of the title', async () => {
      await using visited = await visit(stage.browser, stage.open.url, `#/rooms/${stage.rooms[0]?.id}`);
      const { page } = visited;
      await page.getByRole('heading', { level: 1, name: 'choir-rehearsal' }).waitFor();
      const [sign = 0, title = 0] = await page.evaluate<number[]>(
        `['.back-link path', 'h1'].map((part) => document.querySelector(part).getBoundingClientRect().left)`,
      );
      expect(Math.abs(sign - title)).toBeLessThan(1);
    });

    test.for([
      ['rooms:read,peers:read', ''],
      ['peers:read', ''],
      ['peers:read', 'room'],
    ] as const)(
      'with %s, "%s": axe finds nothing in light and dark, and at 360 px all can be reached',
      async ([scopes, place]) => {
        await using visited = await visitAs(scopes, place === '' ? '' : `#/rooms/${stage.rooms[1]?.id}`);
        const { page } = visited;
        await page.getByText('This login lacks the scope').first().waitFor();
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
  },
);
