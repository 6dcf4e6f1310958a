import { useSidebarOpenState } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import { Link } from 'react-router-dom';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    alignItems: 'center',
    gap: 12,
    height: 72,
    paddingLeft: 20,
    color: '#fff',
    fontSize: 15,
    fontWeight: 600,
    whiteSpace: 'nowrap',
    textDecoration: 'none',
  },
  mark: { flex: 'none', width: 32, height: 32 },
});

/** A pane in a frame with a crack through it; the name beside it while the sidebar is open. */
export const Logo = () => {
  const classes = useStyles();
  const { isOpen } = useSidebarOpenState();
  return (
    <Link to="/" className={classes.root} aria-label="Home">
      <svg className={classes.mark} viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="8" fill="#b3261e" />
        <g fill="none" stroke="#fff" strokeWidth="2.4" strokeLinejoin="round">
          <rect x="8" y="6" width="16" height="20" rx="2.5" />
          <path d="M18.5 6 14 13.5h4.5L13 26" />
        </g>
      </svg>
      {isOpen && <span>Developer portal</span>}
    </Link>
  );
};
