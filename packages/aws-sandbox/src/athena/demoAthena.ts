import { AthenaSeed } from './AthenaSeed';

const seed = (accountId: string, region: string): AthenaSeed => ({
  accountId,
  region,
  workGroups: [
    {
      name: 'break-glass',
      outputLocation: `s3://break-glass-athena-${accountId}/results/`,
      bytesScannedCutoffPerQuery: 10 * 1024 * 1024 * 1024,
    },
  ],
  databases: {
    cloudtrail: [
      {
        name: 'trail',
        layout: 'trail',
        bucket: `aws-cloudtrail-logs-${accountId}`,
      },
      {
        name: 'stream',
        layout: 'stream',
        bucket: `break-glass-stream-${accountId}`,
        folder: 'stream',
        partitioning: 'day',
      },
    ],
  },
});

/**
 * Athena of the demo: the accounts that hold the logs have the workgroup `break-glass` and in the database `cloudtrail`
 * the tables `trail` (the trail's files) and `stream` (Firehose, below `stream/`).
 */
export function demoAthena(): AthenaSeed[] {
  return [
    seed('555566667777', 'eu-central-1'),
    seed('888899990000', 'us-gov-west-1'),
  ];
}
