const END_WITHIN_MS = 420_000;
/** Of one turn of the wheel, in pixels: about a screen. */
const STEP = 1200;
const JUMPS = 30;

/**
 * Scrolls with the wheel through the whole list, which loads as it goes, then jumps through it as by dragging the
 * scrollbar.
 *
 * @throws Error where the end does not come in time
 */
export async function scrollTimeline(page) {
  const list = page.locator('[data-virtuoso-scroller="true"]').first();
  await list.scrollIntoViewIfNeeded();
  await list.hover();
  const deadline = Date.now() + END_WITHIN_MS;
  for (;;) {
    const { room, more } = await list.evaluate(nextFrame);
    if (room <= 1 && !more) {
      break;
    }
    if (Date.now() > deadline) {
      throw new Error(`The end of the list: not within ${END_WITHIN_MS} ms`);
    }
    if (room > 1) {
      // Further than there is room, the wheel would move the page.
      await page.mouse.wheel(0, Math.min(STEP, room));
    }
  }
  for (let jump = 0; jump < JUMPS; jump++) {
    await list.evaluate(jumpTo, ((jump * 7) % JUMPS) / JUMPS);
  }
}

/** Runs in the page: waits for a frame, and says what is left to scroll. */
function nextFrame(list) {
  return new Promise(resolve =>
    requestAnimationFrame(() => {
      const buttons = [...document.querySelectorAll('button')];
      resolve({
        room: Math.floor(
          list.scrollHeight - list.clientHeight - list.scrollTop,
        ),
        more: buttons.some(button =>
          ['Load more', 'Loading'].includes(button.textContent.trim()),
        ),
      });
    }),
  );
}

/** Runs in the page. */
function jumpTo(list, part) {
  list.scrollTop = part * list.scrollHeight;
  return new Promise(resolve =>
    requestAnimationFrame(() => requestAnimationFrame(() => resolve())),
  );
}
