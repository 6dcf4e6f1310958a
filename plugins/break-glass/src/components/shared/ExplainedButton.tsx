import Button, { ButtonProps } from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useId } from 'react';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'inline-flex',
      flexDirection: 'column',
      alignItems: 'flex-start',
      gap: theme.spacing(0.5),
    },
  }),
  { name: 'BreakGlassExplainedButton' },
);

/** A button that says why it cannot be pressed, where `reason` is given. */
export const ExplainedButton = (
  props: ButtonProps & { reason?: string | false },
) => {
  const { reason, disabled, ...rest } = props;
  const classes = useStyles();
  const id = useId();
  return (
    <span className={classes.root}>
      <Button
        {...rest}
        disabled={disabled || Boolean(reason)}
        aria-describedby={reason ? id : undefined}
      />
      {reason && (
        <Typography id={id} variant="caption">
          {reason}
        </Typography>
      )}
    </span>
  );
};
