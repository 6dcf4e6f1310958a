import '@testing-library/jest-dom';

/** jsdom has no layout: what measures elements gets nothing to see. */
class NoResizeObserver implements ResizeObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}

globalThis.ResizeObserver ??= NoResizeObserver;
