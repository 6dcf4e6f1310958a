import type { Locator, Page } from '@playwright/test';

/** Opens the Break Glass tab of an account, e.g. `payroll`. */
export async function openAccountTab(page: Page, name: string): Promise<void> {
  await page.goto(`/catalog/default/resource/${name}`);
  await page
    .getByRole('navigation', { name: 'Content navigation' })
    .getByRole('link', { name: 'Break Glass' })
    .click();
}

/** The card of one role, by its title. */
export function roleCard(page: Page, title: string): Locator {
  return page
    .locator('[class*="MuiCard-root"]')
    .filter({ has: page.getByText(title, { exact: true }) })
    .first();
}

/** Everything that the browser keeps for the portal: storage, cookies that scripts see, addresses. */
export async function storedInBrowser(page: Page): Promise<string> {
  const kept = await page.evaluate(() =>
    JSON.stringify([
      { ...window.localStorage },
      { ...window.sessionStorage },
      document.cookie,
      document.location.href,
      window.history.state,
    ]),
  );
  const databases = await page.evaluate(async () =>
    JSON.stringify(await window.indexedDB.databases()),
  );
  return kept + databases;
}
