import { median } from '../lookUps.mjs';

const MEGABYTE = 1024 * 1024;
const FIRST_PAGE_MS = 300;
const FILTER_MS = 500;
const SHOWN_MS = 1500;
const TASK_MS = 100;

const time = (name, ms, most) => ({
  name: `${name}, ms`,
  value: ms.toFixed(0),
  target: `< ${most}`,
  met: ms < most,
});

const number = (name, value) => ({
  name,
  value: value.toFixed(Number.isInteger(value) ? 0 : 1),
  target: '',
  met: true,
});

/**
 * One line for each number that is measured: what it is, its value, what it has to be.
 *
 * @returns {{name: string, value: string, target: string, met: boolean}[]} lines without a target are met
 */
export function rowsOf(http, browser) {
  const { openings, scrolling, zooming } = browser;
  return [
    time('HTTP: first page of 250', http.firstPage, FIRST_PAGE_MS),
    time('HTTP: filter by a text of one event', http.rareText, FILTER_MS),
    time('HTTP: filter by a frequent text', http.frequentText, FILTER_MS),
    time('HTTP: filter by service', http.service, FILTER_MS),
    time('HTTP: histogram', http.histogram, FILTER_MS),
    time('HTTP: histogram of a text', http.histogramOfText, FILTER_MS),
    time('page: click to first event', median(openings), SHOWN_MS),
    time('page: the same, slowest', Math.max(...openings), SHOWN_MS),
    ...tasksOf('scrolling', scrolling),
    ...tasksOf('zooming', zooming),
    number('pages loaded while scrolling', browser.pages),
    number('heap with the first page, MB', browser.heapBefore / MEGABYTE),
    number('heap with all events, MB', browser.heapLoaded / MEGABYTE),
  ];
}

function tasksOf(what, { ms, longTasks, longestSeen, longestTraced }) {
  return [
    time(`${what}: longest task of the trace`, longestTraced.ms, TASK_MS),
    time(`${what}: most CPU time of a task`, longestTraced.cpuMs, TASK_MS),
    time(`${what}: longest task the page saw`, longestSeen, TASK_MS),
    number(`${what}: tasks over 50 ms`, longTasks),
    number(`${what}: took, s`, ms / 1000),
  ];
}
