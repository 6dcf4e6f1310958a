import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(
  { root: { unicodeBidi: 'isolate', overflowWrap: 'anywhere' } },
  { name: 'BreakGlassForeignText' },
);

/**
 * Text that a stranger could have written into a log: shown as text, never as
 * a link or HTML, and unable to turn or push what stands beside it.
 */
export const ForeignText = (props: { text: string }) => {
  const classes = useStyles();
  return (
    <bdi dir="auto" className={classes.root}>
      {props.text}
    </bdi>
  );
};
