import { parseEntityRef } from '@backstage/catalog-model';
import Button from '@material-ui/core/Button';
import { AccountRole, LeaseSummary } from 'backstage-plugin-break-glass-common';
import { useState } from 'react';
import { useBreakGlassQuery } from '../../hooks/useBreakGlassQuery';
import { useText } from '../../translation';
import {
  draftKey,
  draftStore,
  emptyDraft,
  RequestDialog,
} from '../RequestDialog';
import { ProblemDialog } from '../shared';

/** Opens the request form with the details of an earlier lease. */
export const RequestAgain = (props: {
  lease: LeaseSummary;
  onRequested: () => void;
}) => {
  const t = useText();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button size="small" variant="outlined" onClick={() => setAsking(true)}>
        {t('mine.again')}
      </Button>
      {asking && (
        <FilledIn
          lease={props.lease}
          onClose={() => setAsking(false)}
          onRequested={() => {
            setAsking(false);
            props.onRequested();
          }}
        />
      )}
    </>
  );
};

function FilledIn(props: {
  lease: LeaseSummary;
  onClose: () => void;
  onRequested: () => void;
}) {
  const { lease, onClose, onRequested } = props;
  const t = useText();
  const { data, error } = useBreakGlassQuery('getAccount', {
    params: parseEntityRef(lease.account.ref),
  });
  const role = data?.roles.find(({ id }) => id === lease.role.id);
  const [filled, setFilled] = useState(false);
  if (error !== undefined && !data) {
    return (
      <ProblemDialog title={t('mine.again')} error={error} onClose={onClose} />
    );
  }
  if (!data) {
    return null;
  }
  if (!role) {
    return (
      <ProblemDialog
        title={t('mine.again')}
        error={new Error(t('account.noRoles'))}
        onClose={onClose}
      />
    );
  }
  if (!filled) {
    fillDraft(lease, role);
    setFilled(true);
  }
  return (
    <RequestDialog
      account={data}
      role={role}
      onClose={onClose}
      onRequested={onRequested}
    />
  );
}

/** Puts the details of a lease into the draft of its account and role. */
function fillDraft(lease: LeaseSummary, role: AccountRole) {
  const empty = emptyDraft(role);
  const known = role.profiles.some(({ id }) => id === lease.profile.id);
  draftStore.set(draftKey(lease.account.ref, role.id), {
    ...empty,
    reason: lease.reason,
    ticket: lease.ticket ?? '',
    beneficiary: lease.beneficiary,
    profileId: known ? lease.profile.id : empty.profileId,
    parameters: known ? lease.profile.parameters : {},
    minutes: String(lease.term.durationMinutes),
  });
}
