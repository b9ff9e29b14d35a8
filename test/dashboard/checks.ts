// What the tests of the live-rooms page ask each view, as expressions that run in the page.
import type { Page } from 'playwright-core';

/** What can be pressed and is smaller than 24 px, or lies beside the window. Whole cards are links; their text is measured. */
export const SMALL_OR_OUTSIDE = `[...document.querySelectorAll('a, button, input, select')]
  .filter((element) => element.checkVisibility() && !element.matches('.skip'))
  .filter((element) => {
    const { left, right, height, width } = element.getBoundingClientRect();
    const isSmall = !element.closest('.card') && !element.closest('label') && (height < 24 || width < 24);
    return left < 0 || right > innerWidth || isSmall;
  })
  .map((element) => element.outerHTML.slice(0, 120))`;

/** Logs in with a key or token. */
export async function logIn(page: Page, key: string): Promise<void> {
  await page.getByLabel('API key or token').fill(key);
  await page.getByRole('button', { name: 'Log in' }).click();
}
