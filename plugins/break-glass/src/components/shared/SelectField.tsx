import MenuItem from '@material-ui/core/MenuItem';
import { useTheme } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import { useId } from 'react';

/** A choice of one of several values, or, by the empty value, of none of them. */
export const SelectField = (props: {
  label: string;
  helperText?: string;
  /** Name of the empty value; without it, one has to be chosen. */
  any?: string;
  options: { value: string; label: string }[];
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  fullWidth?: boolean;
}) => {
  const { label, helperText, any, options, value, onChange, fullWidth } = props;
  const { palette } = useTheme();
  const id = useId();
  return (
    <TextField
      select
      id={id}
      SelectProps={{
        id,
        labelId: `${id}-label`,
        displayEmpty: any !== undefined,
      }}
      InputLabelProps={{
        id: `${id}-label`,
        // Filters stand on the page itself, where the paler colour of labels is too pale.
        ...(any !== undefined && {
          shrink: true,
          style: { color: palette.text.primary },
        }),
      }}
      label={label}
      helperText={helperText}
      size={fullWidth ? 'medium' : 'small'}
      margin={fullWidth ? 'normal' : 'none'}
      fullWidth={fullWidth}
      variant="outlined"
      value={value ?? ''}
      onChange={event => onChange(event.target.value || undefined)}
      style={{ minWidth: 130, maxWidth: '100%' }}
    >
      {any !== undefined && <MenuItem value="">{any}</MenuItem>}
      {options.map(option => (
        <MenuItem key={option.value} value={option.value}>
          {option.label}
        </MenuItem>
      ))}
    </TextField>
  );
};
