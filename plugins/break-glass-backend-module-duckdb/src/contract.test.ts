import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ActivitySource } from 'backstage-plugin-break-glass-node';
import {
  deliver,
  DeliveredRecord,
  deliverFirehose,
  describeActivitySource,
} from 'backstage-plugin-break-glass-node/testUtils';
import { DuckDbActivitySource } from './DuckDbActivitySource';

type Deliver = (records: DeliveredRecord[], root: string) => unknown;

const HOUR = 3_600_000;
/** Files of the tests have just been written: the days have settled an hour later. */
const clock = { now: () => Date.now() + HOUR };

/** Answers from the cache: the first look fills it. */
function lookingTwice(source: DuckDbActivitySource): ActivitySource {
  return {
    id: source.id,
    title: source.title,
    probe: () => source.probe(),
    search: async (query, options) => {
      await source.search(query, options);
      return source.search(query, options);
    },
    searchUses: async (query, options) => {
      await source.searchUses(query, options);
      return source.searchUses(query, options);
    },
  };
}

const openWith =
  (write: Deliver, { cached = false } = {}) =>
  async ({ records }: { records: DeliveredRecord[] }) => {
    const root = mkdtempSync(join(tmpdir(), 'contract-'));
    const path = mkdtempSync(join(tmpdir(), 'contract-cache-'));
    write(records, root);
    const source = new DuckDbActivitySource(
      {
        roots: [{ path: root, layout: 'auto' }],
        memoryLimit: '256MB',
        cache: cached ? { path, maxSize: 1_000_000_000 } : undefined,
      },
      clock,
    );
    return {
      source: cached ? lookingTwice(source) : source,
      deliver: async (more: DeliveredRecord[]) => {
        write(more, root);
      },
      close: async () => {
        await source.close();
        rmSync(root, { recursive: true });
        rmSync(path, { recursive: true });
      },
    };
  };

describeActivitySource('trail files', { open: openWith(deliver) });

describeActivitySource('trail files of an organization', {
  open: openWith((records, root) =>
    deliver(records, root, { organization: 'o-exampleorg1' }),
  ),
});

describe.each(['lines', 'members', 'envelopes'] as const)(
  'a Firehose stream of %s',
  shape => {
    describeActivitySource(`a Firehose stream of ${shape}`, {
      open: openWith((records, root) => deliverFirehose(records, root, shape)),
      blindSpot: /256 KB/,
    });
  },
);

describeActivitySource('the cache of trail files', {
  open: openWith(deliver, { cached: true }),
});

describeActivitySource('the cache of a Firehose stream', {
  open: openWith((records, root) => deliverFirehose(records, root, 'members'), {
    cached: true,
  }),
  blindSpot: /256 KB/,
});
