import { chromium } from '@playwright/test';
import { findChromium } from '../../../lib/surroundings.mjs';
import { timeOpening } from './openLease.mjs';
import { PAGE_SIZE } from './overHttp.mjs';
import { scrollTimeline } from './scrollTimeline.mjs';
import { openAs } from './typescript.mjs';
import { watchTasks } from './watchTasks.mjs';
import { zoomTimeline } from './zoomTimeline.mjs';

const OPENINGS = 5;
const ACTION_WITHIN_MS = 30_000;
const VIEWPORT = { width: 1280, height: 1100 };

/**
 * Reads the timeline of a lease as its reviewer does.
 *
 * @param {{addresses: object}} portal
 * @param {{id: string, total: number}} lease - `total`: its events
 * @param {{traceTo?: string, signal: AbortSignal, say: (line: string) => void}} options
 */
export async function timeInBrowser({ addresses }, lease, options) {
  const { id: leaseId, total } = lease;
  const { traceTo, signal, say } = options;
  const browser = await launch(signal);
  try {
    const page = await openAs(browser, 'rita', {
      baseURL: addresses.page,
      viewport: VIEWPORT,
    });
    page.setDefaultTimeout(ACTION_WITHIN_MS);
    const answers = countAnswers(page);
    const openings = await timeOpening(page, leaseId, OPENINGS);
    await page.getByText('Load more').waitFor();
    const heapBefore = await heapOf(page);
    say('Scrolling to the end of the timeline …');
    answers.pages = 0;
    const scrolling = await watchTasks(page, { name: 'scroll', traceTo }, () =>
      scrollTimeline(page),
    );
    const { pages } = answers;
    assertAllLoaded(pages, total);
    const heapLoaded = await heapOf(page);
    say('Zooming …');
    const zooming = await watchTasks(page, { name: 'zoom', traceTo }, () =>
      zoomTimeline(page),
    );
    answers.assertGood();
    return { openings, scrolling, zooming, pages, heapBefore, heapLoaded };
  } finally {
    await browser.close();
  }
}

async function launch(signal) {
  const { environment, missing } = findChromium(process.env);
  if (missing) {
    throw new Error(missing);
  }
  signal.throwIfAborted();
  const browser = await chromium.launch({
    executablePath: environment.CHROMIUM_PATH,
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run'],
    // Stopping is this script's own business.
    handleSIGINT: false,
    handleSIGTERM: false,
  });
  signal.addEventListener('abort', () => browser.close(), { once: true });
  return browser;
}

/** Scrolling fast through half of it says nothing. */
function assertAllLoaded(pages, total) {
  const further = Math.ceil(total / PAGE_SIZE) - 1;
  if (pages < further) {
    throw new Error(`The page loaded ${pages} of ${further} further pages`);
  }
}

/** Counts the pages of the timeline, and keeps what the portal refused: fast, but no answer. */
function countAnswers(page) {
  const refused = [];
  const answers = {
    pages: 0,
    assertGood() {
      if (refused.length > 0) {
        throw new Error(`The portal refused: ${refused.join(', ')}`);
      }
    },
  };
  page.on('response', response => {
    const url = response.url();
    if (/\/timeline\?.*cursor=/.test(url)) {
      answers.pages += 1;
    }
    if (url.includes('/api/break-glass/') && response.status() >= 400) {
      refused.push(`${response.status()} ${new URL(url).pathname}`);
    }
  });
  return answers;
}

/** Bytes that JavaScript holds after a collection. */
async function heapOf(page) {
  const devtools = await page.context().newCDPSession(page);
  try {
    await devtools.send('HeapProfiler.collectGarbage');
    return (await devtools.send('Runtime.getHeapUsage')).usedSize;
  } finally {
    await devtools.detach();
  }
}
