import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, Page, test } from '@playwright/test';
import { EMERGENCY_USER } from 'aws-sandbox';
import { chooseTheme, problemsOf, THEMES } from './support/accessibility';
import { anActiveLease, Api } from './support/api';
import { portal } from './support/portal';
import { picture } from './support/pictures';
import { openAs } from './support/signIn';

const REASON = 'The payroll export lost its keys; make it a new service user';
const WIDE = { viewport: { width: 1280, height: 1100 } };

/** A lease that leaves something behind, from its use to a verdict that holds. */
test.describe.serial('evidence of a lease that leaves something behind', () => {
  let rita: Page;
  let leaseId: string;

  // The same words stand in what is folded away.
  const timelineRow = (action: string) =>
    rita.getByText(action).filter({ visible: true }).first();

  test.beforeAll(async ({ browser, request }) => {
    rita = await openAs(browser, 'rita', WIDE);
    const mary = await Api.of(request, 'mary');
    const daniel = await Api.of(request, 'daniel');
    const lease = await anActiveLease(
      { mary, daniel },
      {
        accountRef: 'resource:default/payroll',
        roleId: 'break-glass',
        profileId: 'hand-over',
        profileParameters: { user: 'svc-payroll-export' },
        reason: REASON,
        ticket: 'SUP-4711',
        durationMinutes: 30,
      },
    );
    leaseId = lease.id;
    const issued = await mary.call(`/v1/leases/${leaseId}/sessions`, {
      type: 'credentials',
    });
    const { accessKeyId, secretAccessKey, sessionToken } = issued.credentials;
    const iam = new IAMClient({
      endpoint: portal.sandbox,
      region: 'us-east-1',
      credentials: { accessKeyId, secretAccessKey, sessionToken },
    });
    const user = { UserName: 'svc-payroll-export' };
    await iam.send(new CreateUserCommand(user));
    await iam.send(new CreateAccessKeyCommand(user));
    await mary.call(`/v1/leases/${leaseId}/end`, {});
  });

  test('Rita takes the review on and reads what it comes to, beside the reason', async () => {
    test.setTimeout(300_000);
    await rita.goto('/break-glass/reviews');
    await expect(rita.getByText(REASON).first()).toBeVisible();
    await rita.goto(`/break-glass/leases/${leaseId}`);
    await expect(rita.getByText('Logs are complete')).toBeVisible({
      timeout: 240_000,
    });
    await rita.getByRole('button', { name: 'Take on', exact: true }).click();
    await expect(rita.getByText('Taken on by')).toBeVisible();
    await expect(timelineRow('CreateUser')).toBeVisible();
    await expect(timelineRow('CreateAccessKey')).toBeVisible();
    await expect(
      rita.getByRole('heading', { name: 'What it comes to' }),
    ).toBeVisible();
    await expect(rita.getByText(REASON).first()).toBeVisible();
  });

  test('what was left behind has to be removed or justified before she can accept', async () => {
    await rita.getByLabel(/^Accept:/).check();
    await rita.getByLabel(/^Comment/).fill('As asked for, and tagged.');
    await expect(
      rita.getByText(/neither removed nor justified yet/).first(),
    ).toBeVisible();
    for (const button of [/^May stay: User/, /^May stay: Access key/]) {
      await rita.getByRole('button', { name: button }).click();
      const dialog = rita.getByRole('dialog');
      await dialog.getByRole('textbox').fill('The payroll team looks after it');
      await dialog.getByRole('button', { name: 'May stay' }).click();
      await expect(dialog).not.toBeVisible();
    }
    await picture(rita, 'evidence');
    await rita.getByRole('button', { name: 'Accept', exact: true }).click();
    await expect(rita.getByText('Accepted').first()).toBeVisible();
  });

  test('the evidence that she downloads has the hash that the verdict names', async () => {
    const downloading = rita.waitForEvent('download');
    await rita.getByRole('button', { name: 'Download evidence' }).click();
    const file = await (await downloading).path();
    const hash = createHash('sha256').update(readFileSync(file)).digest('hex');
    await expect(rita.getByText(hash).first()).toBeVisible();
    await rita.getByRole('button', { name: 'Check against the logs' }).click();
    await expect(rita.getByText('The logs still say the same')).toBeVisible({
      timeout: 60_000,
    });
  });

  test('its page can be used by everybody', async () => {
    await expectUsable(rita, `/break-glass/leases/${leaseId}`, async () => {
      await expect(
        rita
          .getByText('The logs still say the same')
          .or(rita.getByRole('heading', { name: 'What it comes to' })),
      ).toBeVisible();
      await expect(timelineRow('CreateAccessKey')).toBeVisible();
    });
  });

  test('a verdict can be taken back with a reason, and stays on record', async () => {
    await rita.getByRole('button', { name: 'Reopen', exact: true }).click();
    const dialog = rita.getByRole('dialog');
    await dialog.getByRole('textbox').fill('The key was used from elsewhere');
    await dialog.getByRole('button', { name: 'Reopen' }).click();
    await expect(rita.getByText('Review opened again').first()).toBeVisible({
      timeout: 60_000,
    });
  });
});

/** The sealed user of the day on which the portal is down, from the alarm to the check-list. */
test.describe.serial('a use that no lease explains', () => {
  let oscar: Page;
  let rita: Page;

  test.beforeAll(async ({ browser }) => {
    oscar = await openAs(browser, 'oscar', WIDE);
    rita = await openAs(browser, 'rita', WIDE);
    const { accessKeyId, secretAccessKey, roleArn, mfaSerialNumber, mfaCode } =
      EMERGENCY_USER;
    await new STSClient({
      endpoint: portal.sandbox,
      region: 'eu-central-1',
      credentials: { accessKeyId, secretAccessKey },
    }).send(
      new AssumeRoleCommand({
        RoleArn: roleArn,
        RoleSessionName: 'break-glass-1',
        SerialNumber: mfaSerialNumber,
        TokenCode: mfaCode,
      }),
    );
  });

  test('it raises an alarm by itself, and waits for an explanation', async () => {
    test.setTimeout(240_000);
    await oscar.goto('/break-glass/unbrokered');
    await expect(
      oscar.getByRole('link', { name: /Look at/ }).first(),
    ).toBeVisible({ timeout: 200_000 });
    await picture(oscar, 'unbrokered');
    await oscar
      .getByRole('link', { name: /Look at/ })
      .first()
      .click();
    await expect(oscar.getByText('Break-glass user 1').first()).toBeVisible();
  });

  test('one who holds the seal explains it', async () => {
    await oscar
      .getByLabel(/^What happened/)
      .fill('The portal was down; payments had to be stopped by hand.');
    await oscar.getByLabel(/^Ticket/).fill('INC-99');
    await oscar.getByRole('button', { name: 'Send the explanation' }).click();
    await expect(oscar.getByText('Waiting for review').first()).toBeVisible();
    // Who explained it does not review it (I8).
    await expect(
      oscar.getByRole('button', { name: 'Accept', exact: true }),
    ).not.toBeVisible();
  });

  test('Rita accepts it only with the whole check-list, and not while it may go on', async () => {
    await rita.goto(new URL(oscar.url()).pathname);
    await rita.getByLabel(/^Accept:/).check();
    await rita.getByLabel(/^Comment/).fill('Keys changed with CHG-12.');
    for (const item of [
      /Keys and passwords that were used/,
      /The access that made it possible/,
      /What was learned is written down/,
    ]) {
      await expect(
        rita.getByText('Accepting takes the whole checklist').first(),
      ).toBeVisible();
      await rita.getByLabel(item).check();
    }
    await rita.getByRole('button', { name: 'Accept', exact: true }).click();
    await expect(
      rita.getByText('More of what was done may still be found').first(),
    ).toBeVisible();
  });

  test('the pages can be used by everybody', async () => {
    const useUrl = new URL(oscar.url()).pathname;
    await expectUsable(oscar, '/break-glass/unbrokered', () =>
      expect(
        oscar.getByRole('link', { name: /Look at/ }).first(),
      ).toBeVisible(),
    );
    await expectUsable(oscar, useUrl, () =>
      expect(oscar.getByText('Break-glass user 1').first()).toBeVisible(),
    );
    await expectUsable(rita, '/break-glass/follow-ups', () =>
      expect(rita.getByText('What remains to be done').first()).toBeVisible(),
    );
  });
});

/** No violation that axe finds, and nothing too wide, in both themes and sizes. */
async function expectUsable(
  page: Page,
  path: string,
  shown: () => Promise<void>,
) {
  for (const theme of THEMES) {
    await chooseTheme(page, theme);
    await page.goto(path);
    await shown();
    expect.soft(await problemsOf(page)).toEqual([]);
  }
  await page.setViewportSize(WIDE.viewport);
}
