import { expect, Page, test } from '@playwright/test';
import {
  chooseTheme,
  problemsOf,
  ThemeName,
  THEMES,
} from './support/accessibility';
import { anActiveLease, Api } from './support/api';
import { openAs } from './support/signIn';

const REASON = 'Priya reports that her laptop was stolen';
const WIDE = { viewport: { width: 1280, height: 1100 } };

/** Two responders stop a person, and let them back in. */
test.describe.serial('the panic button', () => {
  let oscar: Page;
  let nadia: Page;

  test.beforeAll(async ({ browser, request }) => {
    const priya = await Api.of(request, 'priya');
    const daniel = await Api.of(request, 'daniel');
    await anActiveLease(
      { mary: priya, daniel },
      {
        accountRef: 'resource:default/data-lake',
        roleId: 'break-glass',
        profileId: 'read-everything',
        profileParameters: {},
        reason: 'Look why the nightly import of the data lake stopped',
        ticket: 'SUP-5001',
        durationMinutes: 30,
      },
    );
    oscar = await openAs(browser, 'oscar', WIDE);
    nadia = await openAs(browser, 'nadia', WIDE);
  });

  test.afterAll(async () => {
    await oscar?.context().close();
    await nadia?.context().close();
  });

  const row = (page: Page) =>
    page
      .getByRole('listitem')
      .filter({ hasText: 'All access of Priya Raman' })
      .first();

  test('stops a person: their lease is revoked', async () => {
    await oscar.goto('/break-glass/panic');
    await expect(oscar.getByText('Nothing is stopped')).toBeVisible();
    await oscar.getByRole('button', { name: 'Stop access' }).click();
    const dialog = oscar.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Person' }).click();
    await dialog.getByRole('textbox', { name: 'Person' }).fill('Priya');
    await oscar.getByRole('option', { name: 'Priya Raman' }).click();
    await dialog.getByLabel(/^Comment/).fill(REASON);
    await dialog.getByRole('button', { name: 'Stop access now' }).click();

    await expect(row(oscar)).toContainText(REASON);
    await expect(row(oscar)).not.toContainText('still being revoked', {
      timeout: 30_000,
    });
  });

  test('tells the person, and refuses what they ask for', async ({
    browser,
    request,
  }) => {
    const page = await openAs(browser, 'priya', WIDE);
    await page.goto('/break-glass/my-access');
    await expect(page.getByRole('alert')).toContainText(
      'stopped all access of Priya Raman',
    );
    await page.context().close();
    const priya = await Api.of(request, 'priya');
    const { items } = await priya.call('/v1/leases?view=mine');
    expect(items[0].status).toBe('revoked');
  });

  test('is lifted by two', async () => {
    await row(oscar).getByRole('button', { name: 'Ask to lift' }).click();
    const asking = oscar.getByRole('dialog');
    await asking.getByLabel(/^Comment/).fill('The laptop was found, locked');
    await asking.getByRole('button', { name: 'Ask to lift' }).click();
    await expect(row(oscar)).toContainText('One of two wants to lift it');
    await expect(
      row(oscar).getByRole('button', { name: 'Lift it' }),
    ).toBeDisabled();

    await nadia.goto('/break-glass/panic');
    await row(nadia).getByRole('button', { name: 'Lift it' }).click();
    const lifting = nadia.getByRole('dialog');
    await lifting.getByLabel(/^Comment/).fill('I talked to her');
    await lifting.getByRole('button', { name: 'Lift it' }).click();
    await expect(nadia.getByText('Nothing is stopped')).toBeVisible();
  });

  const holds = async (theme: ThemeName) => {
    await chooseTheme(oscar, theme);
    await oscar.goto('/break-glass/panic');
    await oscar.getByRole('button', { name: 'All', exact: true }).click();
    await expect(row(oscar)).toBeVisible();
    expect(await problemsOf(oscar)).toEqual([]);
  };

  for (const theme of THEMES) {
    test(`has no accessibility problems and fits, ${theme}`, () =>
      holds(theme));
  }
});
