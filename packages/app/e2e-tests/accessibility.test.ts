import { expect, Page, test } from '@playwright/test';
import {
  chooseTheme,
  problemsOf,
  ThemeName,
  THEMES,
} from './support/accessibility';
import { openAccountTab, roleCard } from './support/breakGlassPages';
import { openAs } from './support/signIn';

const REASON = 'The report of last night is locked, open its bucket again';

/** Every page of the product, as the person that it is for, in each theme and size. */
test.describe('the pages can be used by everybody', () => {
  let mary: Page;
  let priya: Page;
  let rita: Page;
  let ada: Page;

  test.beforeAll(async ({ browser }) => {
    mary = await openAs(browser, 'mary');
    priya = await openAs(browser, 'priya');
    rita = await openAs(browser, 'rita');
    ada = await openAs(browser, 'ada');
    await askOnce(mary);
  });
  test.afterAll(async () => {
    for (const page of [mary, priya, rita, ada]) {
      await page?.context().close();
    }
  });

  THEMES.forEach(theme => {
    test(`the tab of an account and the request form (${theme})`, async () => {
      await chooseTheme(mary, theme);
      await openAccountTab(mary, 'data-lake');
      await expect(mary.getByText(REASON).first()).toBeAttached();
      expect.soft(await problemsOf(mary)).toEqual([]);

      const dialog = await openRequest(mary);
      await dialog.getByLabel(/^Reason/).fill('x');
      await dialog.getByLabel(/^Ticket/).fill('no such thing');
      await dialog.getByLabel(/^Reason/).focus();
      await expect(dialog.getByText(/Can approve/)).toBeAttached();
      expect.soft(await problemsOf(mary)).toEqual([]);
    });

    test(`my access and a lease (${theme})`, async () => {
      await open(mary, theme, 'my-access');
      await expect(mary.getByText(REASON).first()).toBeVisible();
      expect.soft(await problemsOf(mary)).toEqual([]);

      await mary.getByRole('link', { name: 'View lease' }).first().click();
      await expect(
        mary.getByRole('heading', { name: 'Approval' }),
      ).toBeVisible();
      expect.soft(await problemsOf(mary)).toEqual([]);
    });

    test(`approvals, and the question before a decision (${theme})`, async () => {
      await open(priya, theme, 'approvals');
      await expect(priya.getByText(REASON)).toBeVisible();
      expect.soft(await problemsOf(priya)).toEqual([]);

      await priya
        .getByRole('listitem')
        .filter({ hasText: REASON })
        .getByRole('button', { name: 'Read and decide' })
        .click();
      await priya.getByRole('button', { name: 'Reject' }).click();
      await expect(priya.getByRole('dialog')).toBeVisible();
      expect.soft(await problemsOf(priya)).toEqual([]);
    });

    test(`reviews (${theme})`, async () => {
      await open(rita, theme, 'reviews');
      await expect(
        rita.getByText(/Leases to review|Nothing waits for your review/),
      ).toBeVisible();
      expect.soft(await problemsOf(rita)).toEqual([]);
    });

    test(`accounts that cannot be used (${theme})`, async () => {
      await open(ada, theme, 'accounts');
      const shadow = ada
        .getByRole('listitem')
        .filter({ hasText: 'Shadow payroll' });
      await expect(shadow).toContainText('which is no trusted origin');
      await expect(shadow).toContainText('breakGlass.trust.accounts');
      await expect(
        ada.getByRole('listitem').filter({ hasText: 'Payroll GovCloud' }),
      ).toHaveCount(0);
      expect.soft(await problemsOf(ada)).toEqual([]);
    });

    test(`health, with a check of all accounts (${theme})`, async () => {
      await open(ada, theme, 'health');
      const check = ada.getByRole('button', { name: 'Check all accounts' });
      const all = ada.getByRole('button', { name: 'All', exact: true });
      const none = ada.getByText('No check was made yet');
      await none.or(all).waitFor();
      // A second theme finds the check of the first.
      if (await none.isVisible()) {
        await check.click();
      }
      await all.click();
      await expect(
        ada
          .getByRole('listitem')
          .filter({ hasText: 'All roles can be used' })
          .first(),
      ).toBeVisible();
      expect.soft(await problemsOf(ada)).toEqual([]);
    });

    test(`audit log and insights (${theme})`, async () => {
      await open(ada, theme, 'audit');
      const entry = ada.getByRole('button', { name: /lease\.request/ }).first();
      await entry.click();
      await expect(ada.getByText(/^Hash/).first()).toBeVisible();
      expect.soft(await problemsOf(ada)).toEqual([]);

      await ada.getByRole('link', { name: 'Insights' }).click();
      await expect(ada.getByRole('table')).toBeVisible();
      expect.soft(await problemsOf(ada)).toEqual([]);
    });
  });
});

async function open(page: Page, theme: ThemeName, section: string) {
  await chooseTheme(page, theme);
  await page.goto(`/break-glass/${section}`);
  await expect(page.locator('body')).toHaveAttribute('data-theme-mode', theme);
}

/** A request that waits, unless one does already. */
async function askOnce(page: Page) {
  await openAccountTab(page, 'data-lake');
  const card = roleCard(page, 'Break glass');
  const waiting = card.getByText('Waiting for 1 more approval').first();
  const ask = card.getByRole('button', { name: 'Request access' });
  await waiting.or(ask).waitFor();
  if (await waiting.isVisible()) {
    return;
  }
  const dialog = await openRequest(page);
  await dialog.getByLabel(/^Reason/).fill(REASON);
  await dialog.getByLabel(/^Ticket/).fill('SUP-4321');
  await dialog.getByRole('button', { name: 'Send request' }).click();
  await waiting.waitFor();
}

async function openRequest(page: Page) {
  await roleCard(page, 'Break glass')
    .getByRole('button', { name: /^Request (access|another lease)$/ })
    .click();
  return page.getByRole('dialog');
}
