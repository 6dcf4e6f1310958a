import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** The sizes and themes in which every page must hold. */
export const LOOKS = [
  { theme: 'light', width: 1280, height: 900 },
  { theme: 'light', width: 360, height: 740 },
  { theme: 'dark', width: 1280, height: 900 },
  { theme: 'dark', width: 360, height: 740 },
] as const;

/** One of {@link LOOKS}. */
export type Look = (typeof LOOKS)[number];

/** The product's own content; the shell around it is the portal's. */
const OWN = [
  '[data-testid="break-glass-page"]',
  '[data-testid="break-glass-account"]',
  '[data-testid="break-glass-lease"]',
  '[role="dialog"]',
];

/** Chooses size and theme as a person would have; the page has to be opened after it. */
export async function look(page: Page, { theme, width, height }: Look) {
  await page.setViewportSize({ width, height });
  await page.evaluate(name => localStorage.setItem('theme', name), theme);
}

/**
 * What is wrong with the product's own content on the page as it is: violations that axe finds, and a page
 * wider than the screen.
 *
 * @throws Error where none of the product's content is on the page
 */
export async function problemsOf(page: Page): Promise<string[]> {
  await settled(page);
  const present = await page.evaluate(
    selectors => selectors.filter(s => document.querySelector(s)),
    OWN,
  );
  if (present.length === 0) {
    throw new Error(`${page.url()} shows nothing of Break Glass`);
  }
  const axe = new AxeBuilder({ page });
  // Behind an open dialog nothing can be reached.
  const parts = present.includes('[role="dialog"]')
    ? ['[role="dialog"]']
    : present;
  parts.forEach(selector => axe.include(selector));
  const { violations } = await axe.analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(node => `${id}: ${node.html} ${node.any[0]?.message ?? ''}`),
  );
  return (await isTooWide(page)) ? [...found, 'too wide'] : found;
}

/** Waits until nothing fades or slides: halfway, colours are not those of the page. */
async function settled(page: Page) {
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(animation => animation.playState !== 'running'),
  );
}

function isTooWide(page: Page): Promise<boolean> {
  return page.evaluate(
    () => document.documentElement.scrollWidth > window.innerWidth,
  );
}
