import type { Browser, BrowserContextOptions, Page } from '@playwright/test';

/**
 * Signs a person in on a page that is not signed in, and waits until the portal shows itself.
 *
 * @param person - entity name of the user, e.g. `mary`
 */
export async function signIn(page: Page, person: string): Promise<void> {
  await page.goto('/');
  const popupOpened = page.waitForEvent('popup');
  await page.getByRole('button', { name: 'Sign In' }).click();
  const popup = await popupOpened;
  await popup.locator(`button[name=person][value=${person}]`).click();
  await page
    .getByRole('link', { name: 'Home' })
    .or(page.getByTestId('mobile-sidebar-root'))
    .first()
    .waitFor();
}

/**
 * Opens a browser of a person's own, signed in. Cookies ignore ports, so two people never share one.
 *
 * @param person - entity name of the user, e.g. `mary`
 */
export async function openAs(
  browser: Browser,
  person: string,
  options?: BrowserContextOptions,
): Promise<Page> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await signIn(page, person);
  return page;
}
