import Box from '@material-ui/core/Box';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ReactNode } from 'react';

const useStyles = makeStyles(
  theme => ({
    root: {
      padding: theme.spacing(3, 2),
      textAlign: 'center',
      border: `1px dashed ${theme.palette.divider}`,
      borderRadius: theme.shape.borderRadius,
    },
  }),
  { name: 'BreakGlassNothing' },
);

/** An empty state: what is not there, and what to do next. */
export const Nothing = (props: {
  title: string;
  hint?: string;
  action?: ReactNode;
}) => {
  const classes = useStyles();
  return (
    <div className={classes.root}>
      <Typography variant="subtitle1" component="p">
        {props.title}
      </Typography>
      {props.hint && <Typography variant="body2">{props.hint}</Typography>}
      {props.action && <Box mt={2}>{props.action}</Box>}
    </div>
  );
};
