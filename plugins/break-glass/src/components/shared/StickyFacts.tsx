import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import { ReactNode } from 'react';
import { useText } from '../../translation';
import { ScrollRegion } from './ScrollRegion';

const useStyles = makeStyles(
  theme => ({
    root: {
      [theme.breakpoints.up('md')]: {
        position: 'sticky',
        top: theme.spacing(2),
      },
    },
    scroll: {
      padding: theme.spacing(2),
      [theme.breakpoints.up('md')]: {
        maxHeight: `calc(100vh - ${theme.spacing(4)}px)`,
      },
    },
  }),
  { name: 'BreakGlassStickyFacts' },
);

/** The column beside a page that stays in sight while the page scrolls. */
export const StickyFacts = (props: { children: ReactNode }) => {
  const classes = useStyles();
  const t = useText();
  return (
    <Paper className={classes.root}>
      <ScrollRegion label={t('common.details')} className={classes.scroll}>
        {props.children}
      </ScrollRegion>
    </Paper>
  );
};
