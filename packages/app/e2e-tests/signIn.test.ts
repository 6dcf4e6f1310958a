import { expect, test } from '@playwright/test';
import { portal } from './support/portal';
import { openAs, signIn } from './support/signIn';
import { signInOverHttp } from './support/signInOverHttp';

test('a person signs in through the identity provider and is that person', async ({
  page,
}) => {
  await signIn(page, 'mary');

  await page.goto('/settings');

  await expect(page.getByText('Mary Novak').first()).toBeVisible();
});

test('two people are signed in at the same time, each in a browser of their own', async ({
  browser,
}) => {
  const mary = await openAs(browser, 'mary');
  const daniel = await openAs(browser, 'daniel');

  await mary.goto('/settings');
  await daniel.goto('/settings');

  await expect(mary.getByText('Mary Novak').first()).toBeVisible();
  await expect(daniel.getByText('Daniel Weiss').first()).toBeVisible();
});

test('the home page lists the AWS accounts', async ({ page }) => {
  await signIn(page, 'alice');

  await expect(
    page.getByRole('link', { name: 'Payroll', exact: true }),
  ).toBeVisible();
});

test('the portal works on a small screen', async ({ browser }) => {
  const page = await openAs(browser, 'rita', {
    viewport: { width: 360, height: 740 },
  });

  await expect(
    page.getByRole('heading', { name: /Catalog/ }).first(),
  ).toBeVisible();
  expect(
    await page.evaluate(
      () => document.documentElement.scrollWidth <= window.innerWidth,
    ),
  ).toBe(true);
});

test('a token from a sign-in over HTTP opens the API, and no token does not', async ({
  request,
}) => {
  const token = await signInOverHttp(portal, 'rita');
  const url = `${portal.backend}/api/catalog/entities/by-name/user/default/rita`;

  const signedIn = await request.get(url, {
    headers: { Authorization: `Bearer ${token}` },
  });
  const anonymous = await request.get(url);

  expect(signedIn.status()).toBe(200);
  expect(anonymous.status()).toBe(401);
});
