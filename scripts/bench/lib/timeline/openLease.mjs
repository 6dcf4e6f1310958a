const QUEUE = '/break-glass/reviews';
const SHOWN_WITHIN_MS = 60_000;

/**
 * Opens the lease some times from the queue of reviews, within the running portal.
 *
 * @returns {Promise<number[]>} milliseconds from the click to the first event that is laid out and painted; of the
 *   first time, loading the code of the page is a part
 */
export async function timeOpening(page, leaseId, rounds) {
  await page.goto(QUEUE);
  const times = [];
  for (let round = 0; round < rounds; round++) {
    const link = page.locator(`a[href$="/break-glass/leases/${leaseId}"]`);
    await link.first().waitFor({ timeout: SHOWN_WITHIN_MS });
    times.push(await link.first().evaluate(clickAndTime, SHOWN_WITHIN_MS));
    if (round < rounds - 1) {
      await page.goBack();
    }
  }
  return times;
}

/** Runs in the page. */
function clickAndTime(link, withinMs) {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const look = () => {
      const event = document.querySelector('[data-testid="timeline-event"]');
      const took = performance.now() - start;
      if (event?.getBoundingClientRect().height > 0) {
        // After the frame that this one began is painted.
        setTimeout(() => resolve(performance.now() - start));
      } else if (took > withinMs) {
        reject(new Error(`No event was shown within ${withinMs} ms`));
      } else {
        requestAnimationFrame(look);
      }
    };
    link.click();
    requestAnimationFrame(look);
  });
}
