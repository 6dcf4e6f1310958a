import TextField from '@material-ui/core/TextField';
import { useId } from 'react';

const MAX_TEXT = 2_000;

/** A field for a few sentences, as long as the backend takes them. */
export const LongTextField = (props: {
  label: string;
  helperText?: string;
  required?: boolean;
  value: string;
  onChange: (text: string) => void;
}) => {
  const { onChange, ...rest } = props;
  const id = useId();
  return (
    <TextField
      {...rest}
      id={id}
      multiline
      minRows={2}
      fullWidth
      margin="dense"
      variant="outlined"
      inputProps={{ maxLength: MAX_TEXT }}
      onChange={event => onChange(event.target.value)}
    />
  );
};
