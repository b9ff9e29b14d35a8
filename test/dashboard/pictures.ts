// The command `npm run pictures`: makes the pictures of the README from the scene of the tests, in light and dark.
// Look at them before you commit them.
import { mkdirSync, statSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { addScene, raiseHand } from './scene.ts';
import { startPageStage, visit, type PageStage } from './stage.ts';

const FOLDER = new URL('../../docs/pictures/', import.meta.url).pathname;
const SIZE = { width: 1120, height: 668 };
const SCALE = 1.5;

/** Something has just happened in each room. */
function enliven({ world }: PageStage): void {
  for (const [index, room] of [...world.rooms.all.values()].entries()) {
    const peers = world.sessions.connectedPeers(room.id);
    const [first, second, third] = peers.slice(-3);
    if (first === undefined || second === undefined || third === undefined) continue;
    if (index % 3 === 0) raiseHand(world, room.id, first.id);
    else if (index % 3 === 1) world.updatePeer(room.id, second.id, { role: 'assistant' });
    else world.join(room.id, { name: 'Nadia Ruiz', role: 'student', userId: 'nadia-ruiz' });
  }
}

async function take(page: Page, name: string): Promise<void> {
  const path = `${FOLDER}${name}.png`;
  // Playwright sets the scale for a whole browser only.
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setDeviceMetricsOverride', {
    ...SIZE,
    deviceScaleFactor: SCALE,
    mobile: false,
  });
  await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
  await page.screenshot({ path, scale: 'device' });
  console.log(`${path}: ${Math.round(statSync(path).size / 1024)} kB`);
}

mkdirSync(FOLDER, { recursive: true });
await using stage = await startPageStage();
const rooms = addScene(stage.world, Date.now());
const pages = new Map<string, Page>();
for (const scheme of ['light', 'dark'] as const) {
  for (const [name, place] of [
    ['live-rooms', ''],
    ['live-room', `#/rooms/${rooms[1]?.id}`],
  ] as const) {
    const { page } = await visit(stage.browser, stage.open.url, place, { ...SIZE, scheme });
    pages.set(`${name}-${scheme}`, page);
    // A hidden page draws nothing.
    await page.bringToFront();
    await page.locator('.card footer b, .timeline li').nth(5).waitFor();
  }
}
enliven(stage);
for (const [name, page] of pages) {
  await page.bringToFront();
  await page
    .getByText(/became/)
    .first()
    .waitFor();
  if (name.startsWith('live-room-')) {
    await page.getByRole('button', { name: 'Cameras and microphones' }).click();
    await page.getByText('live', { exact: true }).waitFor();
  }
  await page.mouse.move(0, 0);
  await take(page, name);
}
