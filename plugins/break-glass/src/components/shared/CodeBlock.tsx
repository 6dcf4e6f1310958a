import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(
  theme => ({
    root: {
      margin: theme.spacing(1, 0),
      padding: theme.spacing(1.5),
      maxHeight: 300,
      overflow: 'auto',
      fontSize: '0.75rem',
      whiteSpace: 'pre-wrap',
      overflowWrap: 'anywhere',
      color: theme.palette.text.primary,
      backgroundColor: theme.palette.background.default,
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: theme.shape.borderRadius,
    },
  }),
  { name: 'BreakGlassCodeBlock' },
);

/** Text in a fixed pitch that scrolls when it is long, also by keyboard. */
export const CodeBlock = (props: { label: string; text: string }) => {
  const classes = useStyles();
  return (
    <pre
      className={classes.root}
      // Text of strangers inside must not turn the whole block.
      dir="auto"
      role="region"
      aria-label={props.label}
      // What scrolls must be reachable without a mouse.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      {props.text}
    </pre>
  );
};
