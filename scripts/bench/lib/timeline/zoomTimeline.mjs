const ANSWERED_WITHIN_MS = 30_000;
const ROUNDS = 5;
const MOVES = 12;

/** Drags over bars of the chart, waits for their events, and goes back to all, some times. */
export async function zoomTimeline(page) {
  const chart = page.locator('figure .recharts-surface').first();
  const showAll = page.getByRole('button', { name: 'Show all', exact: true });
  for (let round = 0; round < ROUNDS; round++) {
    await answered(page, () => drag(page, chart, 0.2 + round / 20, 0.6));
    await showAll.waitFor({ timeout: ANSWERED_WITHIN_MS });
    await answered(page, () => showAll.click());
    await showAll.waitFor({ state: 'hidden', timeout: ANSWERED_WITHIN_MS });
    await chart.waitFor({ timeout: ANSWERED_WITHIN_MS });
  }
}

/** Does something that asks the backend for another part, and waits until its events are shown. */
async function answered(page, act) {
  const answer = page.waitForResponse(
    response => /\/leases\/[^/]+\/timeline\?/.test(response.url()),
    { timeout: ANSWERED_WITHIN_MS },
  );
  await act();
  const response = await answer;
  if (!response.ok()) {
    throw new Error(`Zooming was answered with ${response.status()}`);
  }
  await frame(page);
  await frame(page);
  await page.getByTestId('timeline-event').first().waitFor();
}

/** As a hand does it: once the page has come to rest, and not all within one frame. */
async function drag(page, chart, from, to) {
  await chart.hover();
  const { width, height } = await chart.boundingBox();
  await chart.hover({ position: { x: width * from, y: height / 2 } });
  const { x, y } = await chart.boundingBox();
  await frame(page);
  await page.mouse.down();
  for (let move = 1; move <= MOVES; move++) {
    const part = from + ((to - from) * move) / MOVES;
    await page.mouse.move(x + width * part, y + height / 2);
    await frame(page);
  }
  await page.mouse.up();
}

function frame(page) {
  return page.evaluate(
    () => new Promise(resolve => requestAnimationFrame(resolve)),
  );
}
