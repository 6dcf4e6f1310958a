import { together } from './together';

it('gives up the others where one fails, with its reason', async () => {
  const reasons: unknown[] = [];
  const failure = new Error('no table');
  const running = together(new AbortController().signal, signal => {
    signal.addEventListener('abort', () => reasons.push(signal.reason));
    return [new Promise(() => {}), Promise.reject(failure)];
  });
  await expect(running).rejects.toBe(failure);
  expect(reasons).toEqual([failure]);
});

it('gives up all where the caller does, and answers in order where none does', async () => {
  const controller = new AbortController();
  const aborted: boolean[] = [];
  const answers = await together(controller.signal, signal => {
    signal.addEventListener('abort', () => aborted.push(true));
    return [Promise.resolve(1), Promise.resolve(2)];
  });
  expect(answers).toEqual([1, 2]);
  controller.abort();
  expect(aborted).toEqual([true]);
});
