import { describeActivitySource } from 'backstage-plugin-break-glass-node/testUtils';
import { EventHistoryUnderTest } from './__testUtils__/EventHistoryUnderTest';

describeActivitySource("CloudTrail's event history", {
  open: ({ records }) => EventHistoryUnderTest.open({ records }),
  dataEvents: false,
  sourceIdentity: false,
  bytesScanned: false,
  blindSpot: /90 days|data events/,
});
