import { expect, Page, test } from '@playwright/test';
import {
  chooseTheme,
  problemsOf,
  ThemeName,
  THEMES,
} from './support/accessibility';
import { anActiveLease, Api } from './support/api';
import { openAccountTab, roleCard } from './support/breakGlassPages';
import { openAs } from './support/signIn';

const WIDE = { viewport: { width: 1280, height: 1200 } };
const REASON = 'Nobody answers, and the payroll run stands still';

/** What Mary does when time runs out: an emergency, and more time for a lease. */
test.describe.serial('when time runs out', () => {
  let mary: Page;
  let daniel: Page;

  test.beforeAll(async ({ browser }) => {
    mary = await openAs(browser, 'mary', WIDE);
    daniel = await openAs(browser, 'daniel', WIDE);
  });
  test.afterAll(async () => {
    await mary?.context().close();
    await daniel?.context().close();
  });

  const openRequest = async () => {
    await openAccountTab(mary, 'payroll');
    await roleCard(mary, 'Break glass')
      .getByRole('button', { name: /^Request (access|another lease)$/ })
      .click();
    return mary.getByRole('dialog');
  };

  test('Mary activates an emergency with the title of the account typed', async () => {
    const dialog = await openRequest();
    await dialog.getByLabel(/^Reason/).fill(REASON);
    await dialog.getByLabel(/^Ticket/).fill('INC-77');
    await dialog.getByRole('checkbox', { name: /emergency/ }).check();
    const activate = dialog.getByRole('button', { name: 'Activate now' });
    await expect(activate).toBeDisabled();
    const confirmation = dialog.getByRole('textbox', { name: /to confirm/ });
    await confirmation.fill('Payments');
    await expect(dialog.getByText(/Type the account’s title/)).toBeVisible();
    await expect(activate).toBeDisabled();
    await confirmation.fill('Payroll');
    await activate.click();
    await expect(
      roleCard(mary, 'Break glass').getByRole('button', {
        name: 'Get credentials',
      }),
    ).toBeVisible();
  });

  test('Daniel is told, sees that nobody approved it, and takes it away', async () => {
    await daniel.goto('/notifications');
    await daniel
      .getByRole('link', { name: /Emergency: Mary Novak took/ })
      .first()
      .click();
    await expect(daniel.getByText('Emergency', { exact: true })).toBeVisible();
    await expect(daniel.getByText(/nobody approved it/)).toBeVisible();
    await daniel.getByRole('button', { name: 'Revoke' }).click();
    const dialog = daniel.getByRole('dialog');
    await dialog.getByLabel(/^Comment/).fill('I am here now: ask me');
    await dialog.getByRole('button').last().click();
    await expect(
      daniel.getByText('Revoked', { exact: true }).first(),
    ).toBeVisible();
  });

  test('Mary asks for more time, and Daniel finds and approves it', async ({
    request,
  }) => {
    const people = {
      mary: await Api.of(request, 'mary'),
      daniel: await Api.of(request, 'daniel'),
    };
    const { id } = await anActiveLease(people, {
      accountRef: 'resource:default/payroll',
      roleId: 'break-glass',
      profileId: 'read-everything',
      profileParameters: {},
      reason: 'See what the payroll run wrote',
      ticket: 'INC-78',
      durationMinutes: 30,
    });
    await mary.goto(`/break-glass/leases/${id}`);
    await mary.getByRole('button', { name: 'Ask for more time' }).click();
    const asking = mary.getByRole('dialog');
    await asking.getByRole('button', { name: '1 h', exact: true }).click();
    await asking.getByLabel(/^Comment/).fill('The restore takes longer');
    await asking.getByRole('button', { name: 'Send' }).click();
    await expect(mary.getByText(/waits for its decision/)).toBeVisible();

    await daniel.goto('/break-glass/approvals');
    const row = daniel
      .getByRole('listitem')
      .filter({ hasText: 'More time asked' });
    await row.getByRole('button', { name: 'Read and decide' }).click();
    await expect(daniel.getByText('The restore takes longer')).toBeVisible();
    await daniel.getByRole('button', { name: 'Approve more time' }).click();
    const deciding = daniel.getByRole('dialog');
    await expect(deciding).toContainText('1 h 30 min');
    await deciding.getByRole('button', { name: 'Approve' }).click();
    await expect(
      daniel.getByText(/1 h more, 1 h 30 min altogether/).first(),
    ).toBeVisible();
    await expect(mary.getByText(/altogether: approved/)).toBeVisible();
  });

  const holds = async (theme: ThemeName) => {
    await chooseTheme(mary, theme);
    const dialog = await openRequest();
    await dialog.getByRole('checkbox', { name: /emergency/ }).check();
    await expect(dialog.getByText(/You get access at once/)).toBeVisible();
    expect(await problemsOf(mary)).toEqual([]);
  };

  for (const theme of THEMES) {
    test(`has no accessibility problems and fits, ${theme}`, () =>
      holds(theme));
  }
});
