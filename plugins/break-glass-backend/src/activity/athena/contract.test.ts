import {
  DeliveredRecord,
  deliver,
  deliverFirehose,
  describeActivitySource,
} from 'backstage-plugin-break-glass-node/testUtils';
import { TableSeed } from 'aws-sandbox';
import {
  SandboxAthena,
  STREAM_TABLE,
  TRAIL_TABLE,
} from './testing/SandboxAthena';

/** Later than every record of the contract, files of the next day included. */
const NOW = Date.parse('2026-10-03T12:00:00Z');

const openTable =
  (table: TableSeed, keys: object, layout: 'trail' | 'firehose') =>
  async ({ records }: { records: DeliveredRecord[] }) => {
    const athena = await SandboxAthena.start(NOW, { tables: [table] });
    const put = (some: DeliveredRecord[]) =>
      layout === 'trail'
        ? deliver(some, athena.folderOf(layout))
        : deliverFirehose(some, athena.folderOf(layout));
    put(records);
    const source = athena.source([{ table: table.name, layout, ...keys }]);
    return {
      source,
      deliver: async (more: DeliveredRecord[]) => {
        put(more);
      },
      settled: () => source.settled(),
      close: async () => {
        source.close();
        await athena.stop();
      },
    };
  };

describeActivitySource('Athena over the files of a trail', {
  open: openTable(TRAIL_TABLE, {}, 'trail'),
});

describeActivitySource('Athena over a Firehose stream', {
  open: openTable(STREAM_TABLE, {}, 'firehose'),
  blindSpot: /256 KB.*subscription filter/s,
});

describeActivitySource('Athena over a stream with year, month and day apart', {
  open: openTable(
    { ...STREAM_TABLE, partitioning: 'year/month/day' } as TableSeed,
    { partitionColumns: { day: { year: 'year', month: 'month', day: 'day' } } },
    'firehose',
  ),
});
