import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Browser, expect, Page, test } from '@playwright/test';
import {
  openAccountTab,
  roleCard,
  storedInBrowser,
} from './support/breakGlassPages';
import { picture } from './support/pictures';
import { portal } from './support/portal';
import { openAs } from './support/signIn';

const REASON =
  'Alice locked herself out of payroll-reports; put its bucket policy right';

/** The main job of the product, from the request to the closed review, by the people who do it. */
test.describe.serial('the story of one lease', () => {
  let mary: Page;
  let daniel: Page;
  let rita: Page;
  let ada: Page;
  let leaseUrl: string;
  const secrets: string[] = [];

  test.beforeAll(async ({ browser }) => {
    mary = await open(browser, 'mary');
    daniel = await open(browser, 'daniel');
    rita = await open(browser, 'rita');
    ada = await open(browser, 'ada');
  });

  test('Mary has no lease, and sees before she asks what she will get', async () => {
    await openAccountTab(mary, 'payroll');
    const card = roleCard(mary, 'Break glass');
    await expect(card.getByText('You have no active lease')).toBeVisible();
    await card.getByRole('button', { name: 'Request access' }).click();

    const dialog = mary.getByRole('dialog');
    await dialog.getByLabel(/^Reason/).fill(REASON);
    await dialog.getByLabel(/^Ticket/).fill('SUP-1234');
    await dialog.getByRole('textbox', { name: /On behalf of/ }).fill('Alice');
    // The list is still being narrowed while it opens.
    await expect(mary.getByRole('option')).toHaveCount(1);
    await mary.getByRole('option', { name: 'Alice Moreau' }).click();
    await dialog.getByRole('button', { name: '2 h', exact: true }).click();

    await expect(dialog.getByText(/Daniel Weiss/)).toBeVisible();
    await expect(dialog.getByText(/Amazon S3|S3/).first()).toBeVisible();
    await expect(
      dialog.getByRole('button', { name: 'Send request' }),
    ).toBeEnabled();
    await picture(mary, 'request');
    await dialog.getByRole('button', { name: 'Send request' }).click();

    await expect(
      roleCard(mary, 'Break glass').getByText('Waiting for 1 more approval'),
    ).toBeVisible();
  });

  test('Mary cannot approve her own request', async () => {
    await roleCard(mary, 'Break glass')
      .getByRole('link', { name: 'View lease' })
      .click();
    await expect(mary).toHaveURL(/\/break-glass\/leases\//);
    leaseUrl = new URL(mary.url()).pathname;

    await expect(mary.getByText(REASON).first()).toBeVisible();
    await expect(
      mary.getByRole('button', { name: 'Approve' }),
    ).not.toBeVisible();
  });

  test('Daniel is told, opens the request from the notification, and approves', async () => {
    await daniel.goto('/break-glass/approvals');
    await expect(daniel.getByText(REASON).first()).toBeVisible();
    await picture(daniel, 'approvals');

    await daniel.goto('/notifications');
    await daniel
      .getByRole('link', { name: /Mary Novak asks for/ })
      .first()
      .click();
    await expect(daniel).toHaveURL(new RegExp(leaseUrl));
    await expect(daniel.getByText(REASON).first()).toBeVisible();
    await picture(daniel, 'decision');
    await daniel.getByRole('button', { name: 'Approve', exact: true }).click();
    await daniel
      .getByRole('dialog')
      .getByRole('button', { name: 'Approve', exact: true })
      .click();

    await expect(
      daniel.getByText('Active', { exact: true }).first(),
    ).toBeVisible();
  });

  test('Mary’s page turns active by itself, and she gets credentials that are kept nowhere', async () => {
    await expect(
      mary.getByRole('button', { name: 'Get credentials' }).first(),
    ).toBeVisible();
    await mary.getByRole('button', { name: 'Get credentials' }).first().click();
    const dialog = mary.getByRole('dialog');
    const answered = mary.waitForResponse(
      response =>
        response.url().includes('/sessions') && response.status() === 201,
    );
    await dialog.getByRole('button', { name: 'Get credentials' }).click();
    const response = await answered;
    expect(response.headers()['cache-control']).toBe('no-store');
    const { credentials } = await response.json();
    secrets.push(credentials.secretAccessKey, credentials.sessionToken);

    await expect(dialog.getByText(/Hidden/)).toBeVisible();
    await expect(dialog).not.toContainText(credentials.secretAccessKey);
    await picture(mary, 'credentials');
    await dialog.getByRole('button', { name: 'Show', exact: true }).click();
    await expect(dialog.getByLabel('Lines for your shell')).toContainText(
      credentials.accessKeyId,
    );
    await dialog.getByRole('button', { name: 'Close', exact: true }).click();
    await expect(dialog).not.toBeVisible();
    expect(await mary.content()).not.toContain(credentials.secretAccessKey);
  });

  test('Mary repairs the bucket in the console, and is refused the secret and an instance', async () => {
    const opened = mary.waitForEvent('popup');
    const answered = mary.waitForResponse(
      response =>
        response.url().includes('/sessions') && response.status() === 201,
    );
    await mary.getByRole('button', { name: 'Open console' }).first().click();
    const { consoleUrl } = await (await answered).json();
    secrets.push(new URL(consoleUrl).searchParams.get('SigninToken')!);
    const console = await opened;
    await expect(
      console.getByRole('heading', { name: 'Sandbox AWS console' }),
    ).toBeVisible();

    await console.getByText('Replace the policy of payroll-reports').click();
    await console
      .locator('details[open]')
      .getByRole('button', { name: 'Save policy' })
      .click();
    await expect(console.locator('#result')).toContainText('done');
    await console
      .getByRole('button', { name: 'Read payroll/database' })
      .click();
    await expect(console.locator('#result')).toContainText('refused by AWS');
    await console.getByRole('button', { name: 'Start an instance' }).click();
    await expect(console.locator('#result')).toContainText('refused by AWS');
    await picture(console, 'console');

    await mary.getByRole('button', { name: "I'm done" }).first().click();
    await mary
      .getByRole('dialog')
      .getByRole('button', { name: 'End lease' })
      .click();
    await expect(
      mary.getByText('Ended', { exact: true }).first(),
    ).toBeVisible();
    await expect(async () => {
      await console.getByRole('button', { name: 'List buckets' }).click();
      await expect(console.locator('#result')).toContainText('refused by AWS', {
        timeout: 1_000,
      });
    }).toPass({ timeout: 30_000 });
    await console.close();
  });

  test('Rita sees every call, and accepts when the logs are complete', async () => {
    test.setTimeout(300_000);
    await rita.goto('/break-glass/reviews');
    await expect(rita.getByText(REASON).first()).toBeVisible();
    await picture(rita, 'reviews');
    await rita.goto(leaseUrl);
    await expect(rita.getByText('Logs are complete')).toBeVisible({
      timeout: 240_000,
    });

    for (const action of [
      'PutBucketPolicy',
      'GetSecretValue',
      'RunInstances',
    ]) {
      await expect(
        rita.getByText(action).filter({ visible: true }).first(),
      ).toBeVisible();
    }
    await expect(
      rita.getByText('Refused').filter({ visible: true }).first(),
    ).toBeVisible();
    await expect(rita.getByText(REASON).first()).toBeVisible();
    await rita.setViewportSize({ width: 1280, height: 1500 });
    await picture(rita, 'review');

    // The policy outlives the lease: that it may stay is said of it, too.
    await rita.getByRole('button', { name: /^May stay/ }).click();
    const dialog = rita.getByRole('dialog');
    await dialog
      .getByRole('textbox')
      .fill('The template of the bucket will have it');
    await dialog.getByRole('button', { name: 'May stay' }).click();
    await expect(dialog).not.toBeVisible();

    await rita.getByLabel(/^Accept:/).check();
    await rita
      .getByLabel(/^Comment/)
      .fill('The bucket policy was put right, nothing else was changed.');
    await rita.getByLabel(/What was done matches/).check();
    await rita.getByRole('button', { name: 'Add a follow-up' }).click();
    await rita
      .getByLabel(/What remains to be done/)
      .fill('Put the bucket policy right in the infrastructure code too');
    await rita.getByRole('button', { name: 'Accept', exact: true }).click();

    await expect(rita.getByText('Accepted').first()).toBeVisible();
  });

  test('Ada finds each step in the audit log, and the chain is intact', async () => {
    await ada.goto('/break-glass/audit');
    for (const action of [
      'lease.request',
      'lease.decide',
      'session.issue',
      'lease.end',
      'review',
    ]) {
      await expect(ada.getByText(action).first()).toBeVisible();
    }
    await ada.getByRole('button', { name: 'Verify the chain' }).click();
    await expect(ada.getByText(/The log is intact/)).toBeVisible();
    await picture(ada, 'audit');
  });

  test('no secret is left in any browser, database or log', async () => {
    const browsers = await Promise.all(
      [mary, daniel, rita, ada].map(storedInBrowser),
    );
    const files = filesBelow(portal.dataDirectory).filter(
      path => !path.includes('/cloudtrail/'),
    );
    expect(secrets).toHaveLength(3);
    expect(files.length).toBeGreaterThan(1);
    for (const secret of secrets) {
      expect(browsers.filter(kept => kept.includes(secret))).toEqual([]);
      expect(files.filter(path => readFileSync(path).includes(secret))).toEqual(
        [],
      );
    }
  });
});

async function open(browser: Browser, person: string): Promise<Page> {
  const page = await openAs(browser, person, {
    viewport: { width: 1280, height: 800 },
  });
  return page;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap(name => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}
