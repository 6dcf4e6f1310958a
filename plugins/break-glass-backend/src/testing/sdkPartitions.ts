// Used by tests only, though not one itself.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Partition } from 'backstage-plugin-break-glass-common';

/** What the AWS SDK knows of one partition. */
export interface SdkPartition {
  id: Partition;
  /** APIs are below it, e.g. `amazonaws.com`. */
  dnsSuffix: string;
  /** In alphabetical order, without the pseudo region `…-global`. */
  regions: string[];
}

/** The table from which the AWS SDK makes its endpoints. It is not exported, so its file is read. */
export function sdkPartitions(): SdkPartition[] {
  const ofSts = createRequire(require.resolve('@aws-sdk/client-sts'));
  const core = path.dirname(ofSts.resolve('@aws-sdk/core/package.json'));
  const file = 'dist-es/submodules/client/util-endpoints/lib/aws/partitions.js';
  const source = readFileSync(path.join(core, file), 'utf8');
  const [, table] = /^export const partitionsInfo = (\{.*?^\});$/ms.exec(
    source,
  )!;
  const { partitions } = JSON.parse(table) as {
    partitions: Array<{
      id: Partition;
      outputs: { dnsSuffix: string };
      regions: Record<string, unknown>;
    }>;
  };
  return partitions.map(({ id, outputs, regions }) => ({
    id,
    dnsSuffix: outputs.dnsSuffix,
    regions: Object.keys(regions)
      .filter(region => !region.endsWith('-global'))
      .sort(),
  }));
}
