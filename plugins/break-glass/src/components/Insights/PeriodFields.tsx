import Box from '@material-ui/core/Box';
import Chip from '@material-ui/core/Chip';
import FormHelperText from '@material-ui/core/FormHelperText';
import TextField from '@material-ui/core/TextField';
import { useId } from 'react';
import { useText } from '../../translation';
import { PeriodChoice, PRESET_DAYS } from './period';

/** The period by chips, or by one's own days. */
export const PeriodFields = (props: {
  choice: PeriodChoice;
  /** True where the days are missing or the wrong way round. */
  wrong: boolean;
  onChange: (choice: PeriodChoice) => void;
}) => {
  const { choice, wrong, onChange } = props;
  const t = useText();
  const id = useId();
  const day = (name: 'from' | 'to') => (
    <TextField
      id={`${id}-${name}`}
      type="date"
      size="small"
      variant="outlined"
      label={t(`insights.${name}`)}
      InputLabelProps={{ shrink: true }}
      error={wrong}
      value={choice[name]}
      onChange={event => onChange({ ...choice, [name]: event.target.value })}
    />
  );
  return (
    <>
      <Box
        display="flex"
        flexWrap="wrap"
        alignItems="center"
        gridGap={8}
        role="group"
        aria-label={t('insights.period')}
      >
        {[...PRESET_DAYS, 'custom' as const].map(kind => (
          <Chip
            key={kind}
            component="button"
            type="button"
            clickable
            label={
              kind === 'custom'
                ? t('insights.custom')
                : t('insights.days', { days: String(kind) })
            }
            color={kind === choice.kind ? 'primary' : 'default'}
            variant={kind === choice.kind ? 'default' : 'outlined'}
            aria-pressed={kind === choice.kind}
            onClick={() => onChange({ ...choice, kind })}
          />
        ))}
        {choice.kind === 'custom' && day('from')}
        {choice.kind === 'custom' && day('to')}
      </Box>
      {wrong && (
        <FormHelperText error role="alert">
          {t('insights.badPeriod')}
        </FormHelperText>
      )}
    </>
  );
};
