import Box from '@material-ui/core/Box';
import Grid from '@material-ui/core/Grid';
import MenuItem from '@material-ui/core/MenuItem';
import Paper from '@material-ui/core/Paper';
import TextField, { TextFieldProps } from '@material-ui/core/TextField';
import { useId } from 'react';
import { useText } from '../../translation';
import { AuditFilter } from './auditQuery';

/** Filters of the audit log: person, account, lease, action, outcome, time. */
export const AuditFilters = (props: {
  filter: AuditFilter;
  onChange: (filter: AuditFilter) => void;
}) => {
  const { filter, onChange } = props;
  const t = useText();
  const id = useId();
  const field = (
    name: keyof AuditFilter,
    label: string,
    more?: TextFieldProps,
  ) => (
    <Grid item xs={12} sm={6} md={3}>
      <TextField
        {...more}
        id={`${id}-${name}`}
        label={label}
        value={filter[name]}
        onChange={event => onChange({ ...filter, [name]: event.target.value })}
        variant="outlined"
        size="small"
        fullWidth
      />
    </Grid>
  );
  const time: TextFieldProps = {
    type: 'datetime-local',
    InputLabelProps: { shrink: true },
  };
  return (
    // On the page itself, the pale labels of fields cannot be read.
    <Box mb={2} p={2} clone>
      <Paper>
        <Grid container spacing={2}>
          {field('actor', t('audit.person'), {
            helperText: t('audit.personHelp'),
          })}
          {field('accountRef', t('audit.account'), {
            helperText: t('audit.accountHelp'),
          })}
          {field('leaseId', t('audit.lease'))}
          {field('action', t('audit.action'))}
          {field('outcome', t('audit.outcome'), {
            select: true,
            SelectProps: {
              id: `${id}-outcome`,
              labelId: `${id}-outcome-label`,
              displayEmpty: true,
            },
            InputLabelProps: { id: `${id}-outcome-label`, shrink: true },
            children: [
              <MenuItem key="any" value="">
                {t('audit.anyOutcome')}
              </MenuItem>,
              ...(['done', 'refused', 'failed'] as const).map(outcome => (
                <MenuItem key={outcome} value={outcome}>
                  {t(`audit.${outcome}`)}
                </MenuItem>
              )),
            ],
          })}
          {field('from', t('audit.from'), time)}
          {field('to', t('audit.to'), time)}
        </Grid>
      </Paper>
    </Box>
  );
};
