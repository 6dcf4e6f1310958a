import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** Themes in which every page must hold. */
export const THEMES = ['light', 'dark'] as const;

/** One of {@link THEMES}. */
export type ThemeName = (typeof THEMES)[number];

/** Sizes in which every page must hold: a desk, and a small phone. */
const SIZES = [
  { width: 1280, height: 900 },
  { width: 360, height: 740 },
];

const DIALOG = '[role="dialog"]';

/** The product's own content; the shell around it is the portal's. */
const OWN = [
  '[data-testid="break-glass-page"]',
  '[data-testid="break-glass-account"]',
  '[data-testid="break-glass-lease"]',
  '[data-testid="break-glass-unbrokered"]',
  DIALOG,
];

/** Chooses a theme as a person would have; the page has to be opened after it. */
export async function chooseTheme(page: Page, theme: ThemeName) {
  await page.setViewportSize(SIZES[0]);
  await page.evaluate(name => localStorage.setItem('theme', name), theme);
}

/**
 * What is wrong with the product's own content on the page as it is, in each size: violations that axe finds, and
 * a page wider than the screen.
 *
 * @throws Error where none of the product's content is on the page
 */
export async function problemsOf(page: Page): Promise<string[]> {
  const problems: string[] = [];
  for (const size of SIZES) {
    await page.setViewportSize(size);
    const found = await problemsInThisSize(page);
    problems.push(...found.map(problem => `${size.width} px: ${problem}`));
  }
  await page.setViewportSize(SIZES[0]);
  return problems;
}

async function problemsInThisSize(page: Page): Promise<string[]> {
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
  const parts = present.includes(DIALOG) ? [DIALOG] : present;
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

/** True where our content would have to be scrolled sideways, or is cut off. */
function isTooWide(page: Page): Promise<boolean> {
  return page.evaluate(selector => {
    // Content that merely sticks out into its parent's padding can still be seen.
    const cuts = (part: Element) =>
      part === document.documentElement ||
      getComputedStyle(part).overflowX !== 'visible';
    return [...document.querySelectorAll(selector)].some(own => {
      let part: Element | null = own;
      while (part && !(cuts(part) && part.scrollWidth > part.clientWidth)) {
        part = part.parentElement;
      }
      return part !== null;
    });
  }, OWN.join());
}
