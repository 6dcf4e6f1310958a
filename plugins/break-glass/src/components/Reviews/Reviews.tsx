import { LeaseSummary } from 'backstage-plugin-break-glass-common';
import { useState } from 'react';
import { useBreakGlassQuery } from '../../hooks/useBreakGlassQuery';
import { useText } from '../../translation';
import { LeaseQueue } from '../shared';
import { BulkAccept } from './BulkAccept';
import { BulkResult, NamedResult } from './BulkResult';
import { ReviewRow } from './ReviewRow';

/** Leases that wait for the caller's review, in the order of the server: what is due first stands first. */
export const Reviews = () => {
  const t = useText();
  const { data: me } = useBreakGlassQuery('me', {});
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [results, setResults] = useState<NamedResult[]>([]);
  const select = (lease: LeaseSummary, chosen: boolean) =>
    setSelected(old => {
      const next = new Set(old);
      next[chosen ? 'add' : 'delete'](lease.id);
      return next;
    });
  return (
    <>
      <BulkResult results={results} onDismiss={() => setResults([])} />
      <LeaseQueue
        view="reviews"
        title={t('reviews.title')}
        emptyTitle={t('reviews.empty')}
        emptyHint={t('reviews.emptyHint')}
        above={(leases, list) => (
          <BulkAccept
            leases={leases}
            selected={selected}
            onDone={named => {
              setSelected(new Set());
              setResults(named);
              list.refetch();
            }}
          />
        )}
        row={lease => (
          <ReviewRow
            key={lease.id}
            lease={lease}
            viewer={me?.ref}
            selected={selected.has(lease.id)}
            onSelect={chosen => select(lease, chosen)}
          />
        )}
      />
    </>
  );
};
