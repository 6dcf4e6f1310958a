import { makeStyles } from '@material-ui/core/styles';
import VpnKeyIcon from '@material-ui/icons/VpnKey';
import { Me } from 'backstage-plugin-break-glass-common';
import { useBreakGlassQuery } from '../../hooks/useBreakGlassQuery';
import { useText } from '../../translation';

const useStyles = makeStyles(
  theme => ({
    root: { position: 'relative', display: 'inline-flex' },
    badge: {
      position: 'absolute',
      top: -6,
      right: -8,
      minWidth: 16,
      height: 16,
      padding: '0 4px',
      borderRadius: 8,
      fontSize: '0.65rem',
      lineHeight: '16px',
      textAlign: 'center',
      fontWeight: theme.typography.fontWeightBold as number,
      color: theme.palette.error.contrastText,
      backgroundColor: theme.palette.error.dark,
    },
  }),
  { name: 'BreakGlassNavIcon' },
);

/** Icon of the navigation, with the number of things that wait for the person. */
export const NavIcon = () => {
  const classes = useStyles();
  const t = useText();
  const { data } = useBreakGlassQuery('me', {});
  const count = data ? waitingIn(data.open) : 0;
  return (
    <span className={classes.root}>
      <VpnKeyIcon fontSize="small" />
      {count > 0 && (
        <span
          className={classes.badge}
          role="img"
          aria-label={t('page.waiting', { count })}
        >
          {count > 99 ? '99+' : count}
        </span>
      )}
    </span>
  );
};

/** Requests, reviews, unbrokered uses and follow-ups; one's own leases wait for others. */
function waitingIn(open: Me['open']): number {
  return open.approvals + open.reviews + open.unbrokered + open.followUps;
}
