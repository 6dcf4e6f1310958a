import { EntityRefLink } from '@backstage/plugin-catalog-react';
import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import { LeaseSummary } from 'backstage-plugin-break-glass-common';
import { ReactNode } from 'react';
import { useText } from '../../translation';
import { durationWords } from './durationWords';
import { PeopleText } from './PeopleText';
import { RowBox } from './RowBox';
import { ApprovalKindChip, ToneChip } from './StateChip';

/** One lease in a list: account, role, profile, people, reason; its state and what to do beside it. */
export const LeaseRow = (props: {
  lease: LeaseSummary;
  /** Left out in lists of the person's own leases. */
  showRequester?: boolean;
  before?: ReactNode;
  state: ReactNode;
  side?: ReactNode;
}) => {
  const { lease, showRequester, before, state, side } = props;
  const t = useText();
  return (
    <RowBox before={before} side={side}>
      <Box display="flex" flexWrap="wrap" alignItems="center" gridGap={8}>
        {showRequester && (
          <Typography variant="subtitle1" component="h3">
            {lease.requester.displayName}
          </Typography>
        )}
        <Typography
          variant="subtitle1"
          component={showRequester ? 'span' : 'h3'}
        >
          <EntityRefLink entityRef={lease.account.ref}>
            {lease.account.title}
          </EntityRefLink>
        </Typography>
        {state}
        <ApprovalKindChip kind={lease.approvalKind} />
        {lease.extensionAsked && (
          <ToneChip tone="waiting" label={t('lease.extensionAsked')} />
        )}
      </Box>
      <Typography variant="body2">
        {lease.role.title} · {lease.profile.title} ·{' '}
        {durationWords(lease.term.durationMinutes, t)}
        {lease.beneficiary &&
          ` · ${t('approvals.forPerson', {
            person: lease.beneficiary.displayName,
          })}`}
        {lease.ticket && ` · ${lease.ticket}`}
      </Typography>
      <PeopleText text={lease.reason} short />
    </RowBox>
  );
};
