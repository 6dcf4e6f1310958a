import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { untilReady } from '../lib/untilReady.mjs';

describe('untilReady', () => {
  let server;
  let url;
  let statuses;
  before(async () => {
    server = createServer((_, response) => {
      response.statusCode = statuses.shift() ?? 200;
      response.end();
    });
    await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${server.address().port}`;
  });
  after(() => server.close());

  it('waits through refusals until the answer is success', async () => {
    statuses = [503, 503, 200];

    await untilReady(url, { withinMs: 10_000 });

    assert.deepEqual(statuses, []);
  });

  it('is content with any answer where that is enough', async () => {
    statuses = [403, 200];

    await untilReady(url, { withinMs: 10_000, anyStatus: true });

    assert.deepEqual(statuses, [200]);
  });

  it('gives up at its time limit', async () => {
    await assert.rejects(
      untilReady('http://127.0.0.1:1', { withinMs: 1 }),
      /did not answer within/,
    );
  });

  it('gives up at once with the reason of the signal', async () => {
    const failure = new AbortController();
    failure.abort(new Error('the backend ended'));

    await assert.rejects(
      untilReady(url, { withinMs: 10_000, signal: failure.signal }),
      /the backend ended/,
    );
  });
});
