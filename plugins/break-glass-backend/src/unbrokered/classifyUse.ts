import { ActivityEvent } from 'backstage-plugin-break-glass-common';
import { eventView } from '../activity/activityView';
import { AttributedRecord } from '../activity/attribute';
import { text } from '../activity/cloudTrailRecord';
import { networkOf } from '../activity/network';
import { SensitiveMarker } from '../activity/sensitive';
import { toEvent } from '../activity/toEvent';
import { UnbrokeredRow } from '../database/types';

/**
 * The records of a use as pages show them, with access levels and marks. No
 * profile limited them, no lease ended, and whose networks to know is not known:
 * only a change of network within the use is new.
 */
export async function classifyUse(
  use: Pick<UnbrokeredRow, 'id' | 'accountId'>,
  records: AttributedRecord[],
): Promise<ActivityEvent[]> {
  const networks = records.flatMap(
    ({ record }) => networkOf(text(record, 'sourceIPAddress')) ?? [],
  );
  const marking = {
    marker: new SensitiveMarker(),
    context: { knownNetworks: new Set(networks.slice(0, 1)) },
  };
  const events: ActivityEvent[] = [];
  for (const each of records) {
    const row = await toEvent(use.id, each, () => undefined, marking);
    events.push(eventView({ ...row, sessionId: undefined }));
  }
  return events;
}
