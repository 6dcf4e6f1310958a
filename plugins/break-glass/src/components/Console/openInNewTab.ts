/** A tab opened in the click, before the address is known, so that pop-up blockers allow it. */
export interface WaitingTab {
  /** Sends the tab to `url`, without a referrer. */
  go: (url: string) => void;
  close: () => void;
}

/**
 * Opens an empty tab that cannot reach back to this page.
 * Call it in the click itself; `undefined` where the browser blocks it.
 */
export function openWaitingTab(message: string): WaitingTab | undefined {
  const tab = window.open('', '_blank');
  if (!tab) {
    return undefined;
  }
  tab.opener = null;
  tab.document.title = message;
  tab.document.body.textContent = message;
  return {
    go: url => {
      // A link inside the tab, because only a link can leave the referrer out.
      const link = tab.document.createElement('a');
      link.href = url;
      link.rel = 'noopener noreferrer';
      link.referrerPolicy = 'no-referrer';
      tab.document.body.append(link);
      link.click();
      link.remove();
    },
    close: () => tab.close(),
  };
}

/** Whether `url` is an absolute web address: nothing that would run in this page. */
export function isWebAddress(url: string): boolean {
  try {
    return ['https:', 'http:'].includes(new URL(url).protocol);
  } catch {
    return false;
  }
}
