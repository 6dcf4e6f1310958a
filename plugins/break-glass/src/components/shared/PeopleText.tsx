import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';

const useStyles = makeStyles(
  {
    root: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
    short: {
      display: '-webkit-box',
      WebkitLineClamp: 2,
      WebkitBoxOrient: 'vertical',
      overflow: 'hidden',
    },
  },
  { name: 'BreakGlassPeopleText' },
);

/** Text that a person wrote: shown as text, never as HTML or Markdown (pitfall 28). */
export const PeopleText = (props: { text: string; short?: boolean }) => {
  const classes = useStyles();
  return (
    <Typography
      variant="body2"
      dir="auto"
      className={`${classes.root} ${props.short ? classes.short : ''}`}
    >
      {props.text}
    </Typography>
  );
};
