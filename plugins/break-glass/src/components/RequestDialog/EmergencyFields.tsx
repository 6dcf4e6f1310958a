import Box from '@material-ui/core/Box';
import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import TextField from '@material-ui/core/TextField';
import Alert from '@material-ui/lab/Alert';
import {
  AccountDetail,
  AccountRole,
} from 'backstage-plugin-break-glass-common';
import { useText } from '../../translation';
import { durationWords } from '../shared';
import { Draft, emergencyOf } from './draft';
import { Problem, problemsOf } from './problems';

/** The way out for who cannot wait for an approval, where the policy has one. */
export const EmergencyFields = (props: {
  id: string;
  account: AccountDetail;
  role: AccountRole;
  draft: Draft;
  problems: Problem[];
  onChange: (part: Partial<Draft>) => void;
}) => {
  const { id, account, role, draft, problems, onChange } = props;
  const t = useText();
  const emergency = emergencyOf(draft, role);
  if (!emergency && !draft.emergency) {
    return null;
  }
  const max = emergency?.maxDurationMinutes ?? 0;
  const choose = (chosen: boolean) =>
    onChange({
      emergency: chosen,
      confirmation: '',
      ...(chosen && Number(draft.minutes) > max && { minutes: String(max) }),
    });
  const refused = problemsOf(problems, 'emergency');
  const unconfirmed =
    draft.confirmation && problemsOf(problems, 'emergency.confirmation');
  return (
    <Box mt={2}>
      <FormControlLabel
        control={
          <Checkbox
            checked={draft.emergency}
            onChange={event => choose(event.target.checked)}
          />
        }
        label={t('request.emergency')}
      />
      {draft.emergency && (
        <>
          <Alert severity={refused ? 'error' : 'warning'}>
            {refused ||
              t('request.emergencyHelp', {
                max: durationWords(max, t),
                review: durationWords(emergency?.reviewMinutes ?? 0, t),
              })}
          </Alert>
          <TextField
            id={`${id}-confirmation`}
            label={t('request.emergencyConfirm', { account: account.title })}
            required
            autoComplete="off"
            value={draft.confirmation}
            onChange={event => onChange({ confirmation: event.target.value })}
            error={Boolean(unconfirmed)}
            helperText={unconfirmed}
            fullWidth
            margin="dense"
            variant="outlined"
          />
        </>
      )}
    </Box>
  );
};
