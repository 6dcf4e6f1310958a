import { join } from 'node:path';
import type { Page } from '@playwright/test';

const FOLDER = join(__dirname, '../../../../docs/screenshots');

/**
 * Takes a picture for the documentation, where the run was asked for pictures (`UPDATE_PICTURES=1`).
 *
 * @param name - file name without its ending
 */
export async function picture(page: Page, name: string): Promise<void> {
  if (process.env.UPDATE_PICTURES) {
    await page.screenshot({
      path: join(FOLDER, `${name}.png`),
      animations: 'disabled',
    });
  }
}
