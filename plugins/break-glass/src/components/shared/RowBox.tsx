import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import { ReactNode } from 'react';

const useStyles = makeStyles(
  theme => ({
    root: {
      padding: theme.spacing(2),
      marginBottom: theme.spacing(1.5),
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(2),
      alignItems: 'flex-start',
    },
    body: { flex: '1 1 280px', minWidth: 0, overflowWrap: 'anywhere' },
    side: {
      display: 'flex',
      flexDirection: 'column',
      alignItems: 'flex-end',
      gap: theme.spacing(1),
      [theme.breakpoints.down('xs')]: { alignItems: 'flex-start' },
    },
  }),
  { name: 'BreakGlassRow' },
);

/** One thing in a list: what it is, and what to do with it beside it. */
export const RowBox = (props: {
  /** Stands before it, e.g. a checkbox. */
  before?: ReactNode;
  side?: ReactNode;
  children: ReactNode;
}) => {
  const { before, side, children } = props;
  const classes = useStyles();
  return (
    <Paper className={classes.root} component="li">
      {before}
      <div className={classes.body}>{children}</div>
      {side && <div className={classes.side}>{side}</div>}
    </Paper>
  );
};

/** A list of {@link RowBox}es. */
export const Rows = (props: { label: string; children: ReactNode }) => (
  <ul
    aria-label={props.label}
    style={{ listStyle: 'none', margin: 0, padding: 0 }}
  >
    {props.children}
  </ul>
);
