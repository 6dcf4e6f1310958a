import { Clock } from 'backstage-plugin-break-glass-node';
import { OnUnbrokered } from '../activity';
import { BreakGlassConfig } from '../config/types';
import { LeaseRow } from '../database/types';
import { unexplained } from './judgeUses';
import { impostorsOf } from './impostorsOf';
import { alarmFor, UseRecorder } from './UseRecorder';
import { WatchedUse } from './WatchList';

/**
 * What the evidence of a lease left over becomes items, in the transaction of
 * the look: somebody took the lease's name (pitfall 38).
 */
export function recordImpostors(deps: {
  config: Pick<BreakGlassConfig, 'roles'>;
  clock: Clock;
  recorder: UseRecorder;
}): OnUnbrokered {
  return async (records, lease, stores) => {
    const sessions = await stores.sessions.ofLeases([lease.id]);
    const watched = watchedUseOf(deps.config, lease);
    const impostors = impostorsOf(records, sessions);
    const found = await unexplained(
      stores,
      impostors.map(use => ({ use, watched })),
    );
    const now = deps.clock.now();
    let count = 0;
    for (const use of found) {
      // The name is this lease's, whatever the id in it says.
      const recorded = await deps.recorder.record(
        stores,
        { ...use, lease },
        { via: 'lease', now, alarm: alarmFor(count) },
      );
      count += Number(recorded === 'new');
    }
  };
}

function watchedUseOf(
  config: Pick<BreakGlassConfig, 'roles'>,
  lease: LeaseRow,
): WatchedUse {
  const { accountRef, accountTitle, accountId, partition, roleId } = lease;
  return {
    account: { ref: accountRef, title: accountTitle, accountId, partition },
    role: config.roles.find(({ id }) => id === roleId),
  };
}
