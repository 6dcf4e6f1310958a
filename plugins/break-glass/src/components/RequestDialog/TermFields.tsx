import Box from '@material-ui/core/Box';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormHelperText from '@material-ui/core/FormHelperText';
import FormLabel from '@material-ui/core/FormLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import TextField from '@material-ui/core/TextField';
import { AccountRole } from 'backstage-plugin-break-glass-common';
import { useText } from '../../translation';
import { DurationChips, durationWords } from '../shared';
import { Draft, emergencyOf } from './draft';
import { Problem, problemsOf } from './problems';

interface TermFieldsProps {
  id: string;
  role: AccountRole;
  draft: Draft;
  problems: Problem[];
  onChange: (part: Partial<Draft>) => void;
}

/** Duration by chips or in minutes, and the start. */
export const TermFields = (props: TermFieldsProps) => (
  <>
    <DurationField {...props} />
    {!props.draft.emergency && <StartField {...props} />}
  </>
);

function DurationField(props: TermFieldsProps) {
  const { id, role, draft, problems, onChange } = props;
  const t = useText();
  const { min, suggested } = role.durationMinutes;
  const max = draft.emergency
    ? emergencyOf(draft, role)?.maxDurationMinutes ?? min
    : role.durationMinutes.max;
  const problem = problemsOf(problems, 'durationMinutes');
  return (
    <Box mt={1.5}>
      <FormLabel id={`${id}-duration`}>{t('request.duration')}</FormLabel>
      <Box
        mt={1}
        display="flex"
        flexWrap="wrap"
        alignItems="center"
        gridGap={8}
        role="group"
        aria-labelledby={`${id}-duration`}
      >
        <DurationChips
          suggested={suggested.filter(minutes => minutes <= max)}
          chosen={draft.minutes}
          onChoose={minutes => onChange({ minutes })}
        />
        <TextField
          id={`${id}-minutes`}
          label={t('request.durationCustom')}
          value={draft.minutes}
          onChange={event => onChange({ minutes: event.target.value })}
          inputProps={{ inputMode: 'numeric', maxLength: 6 }}
          error={Boolean(problem)}
          size="small"
          variant="outlined"
          style={{ width: 110 }}
        />
      </Box>
      <FormHelperText error={Boolean(problem)}>
        {problem ||
          t('request.durationLimit', {
            min: durationWords(min, t),
            max: durationWords(max, t),
          })}
      </FormHelperText>
    </Box>
  );
}

function StartField(props: TermFieldsProps) {
  const { id, draft, problems, onChange } = props;
  const t = useText();
  const problem = problemsOf(problems, 'startAt');
  return (
    <Box mt={1.5}>
      <FormLabel id={`${id}-start`}>{t('request.start')}</FormLabel>
      <RadioGroup
        row
        aria-labelledby={`${id}-start`}
        value={draft.start}
        onChange={event =>
          onChange({ start: event.target.value as Draft['start'] })
        }
      >
        <FormControlLabel
          value="now"
          control={<Radio color="primary" size="small" />}
          label={t('request.startNow')}
        />
        <FormControlLabel
          value="later"
          control={<Radio color="primary" size="small" />}
          label={t('request.startLater')}
        />
      </RadioGroup>
      {draft.start === 'later' && (
        <TextField
          id={`${id}-start-at`}
          type="datetime-local"
          label={t('request.startAt')}
          InputLabelProps={{ shrink: true }}
          value={draft.startAt}
          onChange={event => onChange({ startAt: event.target.value })}
          error={Boolean(problem)}
          helperText={problem}
          fullWidth
          margin="dense"
          variant="outlined"
        />
      )}
    </Box>
  );
}
