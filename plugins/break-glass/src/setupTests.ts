import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Whole pages are rendered here; on a busy machine that takes a while.
jest.setTimeout(60_000);
configure({ asyncUtilTimeout: 15_000 });

/** jsdom has no layout: what measures elements gets nothing to see. */
class NoResizeObserver implements ResizeObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}

globalThis.ResizeObserver ??= NoResizeObserver;
