import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ReactNode } from 'react';

const useStyles = makeStyles(
  theme => ({
    list: { margin: 0 },
    wide: {
      [theme.breakpoints.up('sm')]: {
        display: 'grid',
        gridTemplateColumns: '160px 1fr',
        columnGap: theme.spacing(2),
        alignItems: 'baseline',
      },
    },
    value: {
      margin: theme.spacing(0, 0, 1.5),
      overflowWrap: 'anywhere',
    },
  }),
  { name: 'BreakGlassFacts' },
);

/** Named facts, one below the other. */
export const Facts = (props: {
  /** Names stand beside their facts where there is room. */
  wide?: boolean;
  children: ReactNode;
}) => {
  const classes = useStyles();
  return (
    <dl className={`${classes.list} ${props.wide ? classes.wide : ''}`}>
      {props.children}
    </dl>
  );
};

/** One of the {@link Facts}. */
export const Fact = (props: { name: string; children: ReactNode }) => {
  const classes = useStyles();
  return (
    <>
      <Typography variant="caption" component="dt" color="textSecondary">
        {props.name}
      </Typography>
      <Typography variant="body2" component="dd" className={classes.value}>
        {props.children}
      </Typography>
    </>
  );
};
