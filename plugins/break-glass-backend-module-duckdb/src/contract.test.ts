import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import {
  deliver,
  DeliveredRecord,
  deliverFirehose,
  describeActivitySource,
} from 'backstage-plugin-break-glass-node/testUtils';
import { DuckDbActivitySource } from './DuckDbActivitySource';

type Deliver = (records: DeliveredRecord[], root: string) => unknown;

const openWith =
  (write: Deliver) =>
  async ({ records }: { records: DeliveredRecord[] }) => {
    const root = mkdtempSync(join(tmpdir(), 'contract-'));
    write(records, root);
    const source = new DuckDbActivitySource({
      roots: [{ path: root, layout: 'auto' }],
      memoryLimit: '256MB',
    });
    return {
      source,
      deliver: async (more: DeliveredRecord[]) => {
        write(more, root);
      },
      close: async () => {
        await source.close();
        rmSync(root, { recursive: true });
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
