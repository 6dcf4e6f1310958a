import { expect, Page, test } from '@playwright/test';
import { Look, look, LOOKS, problemsOf } from './support/accessibility';
import { openAccountTab, roleCard } from './support/breakGlassPages';
import { openAs } from './support/signIn';

const REASON = 'The report of last night is locked, open its bucket again';

/** Every page of the product, as the person that it is for, in each size and theme. */
test.describe.serial('the pages can be used by everybody', () => {
  let mary: Page;
  let priya: Page;
  let rita: Page;
  let ada: Page;

  test.beforeAll(async ({ browser }) => {
    mary = await openAs(browser, 'mary');
    priya = await openAs(browser, 'priya');
    rita = await openAs(browser, 'rita');
    ada = await openAs(browser, 'ada');
  });
  test.afterAll(async () => {
    for (const page of [mary, priya, rita, ada]) {
      await page?.context().close();
    }
  });

  test('a request is there to be looked at', async () => {
    await openAccountTab(mary, 'data-lake');
    const dialog = await openRequest(mary);
    await dialog.getByLabel(/^Reason/).fill(REASON);
    await dialog.getByLabel(/^Ticket/).fill('SUP-4321');
    await dialog.getByRole('button', { name: 'Send request' }).click();
    await expect(
      roleCard(mary, 'Break glass').getByText('Waiting for 1 more approval'),
    ).toBeVisible();
  });

  for (const each of LOOKS) {
    const name = `${each.theme}, ${each.width} px`;

    test(`the tab of an account and the request form (${name})`, async () => {
      await look(mary, each);
      await openAccountTab(mary, 'data-lake');
      await expect(mary.getByText(REASON).first()).toBeAttached();
      expect(await problemsOf(mary)).toEqual([]);

      const dialog = await openRequest(mary);
      await dialog.getByLabel(/^Reason/).fill('x');
      await dialog.getByLabel(/^Ticket/).fill('no such thing');
      await dialog.getByLabel(/^Reason/).focus();
      await expect(dialog.getByText(/Can approve/)).toBeAttached();
      expect(await problemsOf(mary)).toEqual([]);
    });

    test(`my access and a lease (${name})`, async () => {
      await open(mary, each, 'my-access');
      await expect(mary.getByText(REASON).first()).toBeVisible();
      expect(await problemsOf(mary)).toEqual([]);

      await mary.getByRole('link', { name: 'View lease' }).first().click();
      await expect(
        mary.getByRole('heading', { name: 'Approval' }),
      ).toBeVisible();
      expect(await problemsOf(mary)).toEqual([]);
    });

    test(`approvals, and the question before a decision (${name})`, async () => {
      await open(priya, each, 'approvals');
      await expect(priya.getByText(REASON)).toBeVisible();
      expect(await problemsOf(priya)).toEqual([]);

      await priya
        .getByRole('listitem')
        .filter({ hasText: REASON })
        .getByRole('button', { name: 'Read and decide' })
        .click();
      await priya.getByRole('button', { name: 'Reject' }).click();
      await expect(priya.getByRole('dialog')).toBeVisible();
      expect(await problemsOf(priya)).toEqual([]);
    });

    test(`reviews (${name})`, async () => {
      await open(rita, each, 'reviews');
      await expect(
        rita.getByText(/Leases to review|Nothing waits for your review/),
      ).toBeVisible();
      expect(await problemsOf(rita)).toEqual([]);
    });

    test(`audit log and insights (${name})`, async () => {
      await open(ada, each, 'audit');
      const entry = ada.getByRole('button', { name: /lease\.request/ }).first();
      await entry.click();
      await expect(ada.getByText(/^Hash/).first()).toBeVisible();
      expect(await problemsOf(ada)).toEqual([]);

      await ada.getByRole('link', { name: 'Insights' }).click();
      await expect(ada.getByRole('table')).toBeVisible();
      expect(await problemsOf(ada)).toEqual([]);
    });
  }
});

async function open(page: Page, each: Look, section: string) {
  await look(page, each);
  await page.goto(`/break-glass/${section}`);
}

async function openRequest(page: Page) {
  await roleCard(page, 'Break glass')
    .getByRole('button', { name: /^Request (access|another lease)$/ })
    .click();
  return page.getByRole('dialog');
}
