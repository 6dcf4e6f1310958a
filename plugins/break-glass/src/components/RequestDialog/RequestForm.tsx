import TextField from '@material-ui/core/TextField';
import {
  AccountDetail,
  AccountRole,
} from 'backstage-plugin-break-glass-common';
import { useState } from 'react';
import { useText } from '../../translation';
import { Draft } from './draft';
import { EmergencyFields } from './EmergencyFields';
import { PersonPicker } from './PersonPicker';
import { Problem, problemsOf } from './problems';
import { ProfileFields } from './ProfileFields';
import { TermFields } from './TermFields';

const MAX_REASON = 2_000;
const MAX_TICKET = 64;

/** The fields of a request, each with what is wrong with it. */
export const RequestForm = (props: {
  id: string;
  account: AccountDetail;
  role: AccountRole;
  draft: Draft;
  problems: Problem[];
  onChange: (part: Partial<Draft>) => void;
}) => {
  const { id, account, role, draft, problems, onChange } = props;
  const t = useText();
  // An empty field is wrong only once the person has been in it.
  const [left, setLeft] = useState({ reason: false, ticket: false });
  const reasonProblem =
    (left.reason || draft.reason) && problemsOf(problems, 'reason');
  const ticketProblem = left.ticket && problemsOf(problems, 'ticket');
  const beneficiaryProblem = problemsOf(problems, 'beneficiary');
  return (
    <>
      <TextField
        id={`${id}-reason`}
        label={t('request.reason')}
        required
        multiline
        minRows={3}
        value={draft.reason}
        onChange={event => onChange({ reason: event.target.value })}
        onBlur={() => setLeft({ ...left, reason: true })}
        inputProps={{ maxLength: MAX_REASON }}
        error={Boolean(reasonProblem)}
        helperText={reasonProblem || t('request.reasonHelp')}
        fullWidth
        margin="dense"
        variant="outlined"
      />
      <TextField
        id={`${id}-ticket`}
        label={
          account.ticket.required
            ? t('request.ticket')
            : t('request.ticketOptional')
        }
        required={account.ticket.required}
        value={draft.ticket}
        onChange={event => onChange({ ticket: event.target.value })}
        onBlur={() => setLeft({ ...left, ticket: true })}
        inputProps={{ maxLength: MAX_TICKET }}
        error={Boolean(ticketProblem)}
        helperText={
          ticketProblem ||
          t('request.ticketHelp', { example: account.ticket.example })
        }
        fullWidth
        margin="dense"
        variant="outlined"
      />
      <PersonPicker
        id={`${id}-beneficiary`}
        label={t('request.beneficiary')}
        value={draft.beneficiary}
        onChange={beneficiary => onChange({ beneficiary })}
        error={Boolean(beneficiaryProblem)}
        helperText={beneficiaryProblem || t('request.beneficiaryHelp')}
      />
      <ProfileFields
        id={id}
        role={role}
        draft={draft}
        problems={problems}
        onChange={onChange}
      />
      <TermFields
        id={id}
        role={role}
        draft={draft}
        problems={problems}
        onChange={onChange}
      />
      <EmergencyFields
        id={id}
        account={account}
        role={role}
        draft={draft}
        problems={problems}
        onChange={onChange}
      />
    </>
  );
};
