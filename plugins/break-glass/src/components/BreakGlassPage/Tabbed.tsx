import { Content } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import { Me } from 'backstage-plugin-break-glass-common';
import { ReactNode } from 'react';
import { NavLink } from 'react-router-dom';
import { useBreakGlassQuery } from '../../hooks/useBreakGlassQuery';
import { rootRouteRef } from '../../routes';
import { useText } from '../../translation';
import { PanicNotices } from '../Panic';
import { ReadableTheme } from '../shared';

/** Sections of the page, by their path. */
export type TabName =
  | 'my-access'
  | 'approvals'
  | 'reviews'
  | 'follow-ups'
  | 'unbrokered'
  | 'panic'
  | 'accounts'
  | 'health'
  | 'audit'
  | 'insights';

const useStyles = makeStyles(
  theme => ({
    root: {
      // The place of content in the legacy system's page; means nothing elsewhere.
      gridArea: 'pageContent',
      display: 'flex',
      flexDirection: 'column',
      flexGrow: 1,
      minHeight: 0,
      minWidth: 0,
      // Headings stand on the page itself, whose colour is the portal's.
      color: theme.palette.text.primary,
    },
    nav: {
      flexShrink: 0,
      display: 'flex',
      overflowX: 'auto',
      padding: theme.spacing(0, 3),
      backgroundColor: theme.palette.background.paper,
      borderBottom: `1px solid ${theme.palette.divider}`,
      [theme.breakpoints.down('xs')]: { padding: theme.spacing(0, 1) },
    },
    tab: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: theme.spacing(1),
      padding: theme.spacing(1.5, 2),
      whiteSpace: 'nowrap',
      color: theme.palette.text.primary,
      textDecoration: 'none',
      borderBottom: '3px solid transparent',
      '&:hover': { backgroundColor: theme.palette.action.hover },
      '&:focus-visible': {
        outline: `2px solid ${theme.palette.primary.main}`,
        outlineOffset: -2,
      },
    },
    current: {
      fontWeight: theme.typography.fontWeightBold as number,
      borderBottomColor: theme.palette.primary.main,
    },
    count: {
      minWidth: 20,
      padding: '0 6px',
      borderRadius: 10,
      fontSize: '0.75rem',
      lineHeight: '20px',
      textAlign: 'center',
      color: theme.palette.primary.contrastText,
      backgroundColor: theme.palette.primary.main,
    },
  }),
  { name: 'BreakGlassTabbed' },
);

const NOTHING = { approvals: 0, reviews: 0, followUps: 0, unbrokered: 0 };
const NOBODY = {
  approver: false,
  reviewer: false,
  responder: false,
  auditor: false,
};

/** The sections that the person has a use for, and the one that is open. */
export const Tabbed = (props: { tab?: TabName; children: ReactNode }) => {
  const classes = useStyles();
  const t = useText();
  const root = useRouteRef(rootRouteRef)();
  const { data: me } = useBreakGlassQuery('me', {});
  const titles: Record<TabName, string> = {
    'my-access': t('page.myAccess'),
    approvals: t('page.approvals'),
    reviews: t('page.reviews'),
    'follow-ups': t('page.followUps'),
    unbrokered: t('page.unbrokered'),
    panic: t('panic.title'),
    accounts: t('page.accounts'),
    health: t('page.health'),
    audit: t('page.audit'),
    insights: t('page.insights'),
  };
  return (
    <div className={classes.root} data-testid="break-glass-page">
      <nav className={classes.nav} aria-label={t('page.tabs')}>
        {tabsFor(me, props.tab).map(({ name, count }) => (
          <NavLink
            key={name}
            to={`${root}/${name}`}
            className={({ isActive }) =>
              `${classes.tab} ${isActive ? classes.current : ''}`
            }
          >
            {titles[name]}
            {count > 0 && (
              <span className={classes.count}>
                {count > 99 ? '99+' : count}
              </span>
            )}
          </NavLink>
        ))}
      </nav>
      <Content>
        <ReadableTheme>
          <PanicNotices stops={me?.stops ?? []} />
          {props.children}
        </ReadableTheme>
      </Content>
    </div>
  );
};

/** Sections with the number of things that wait in each; the open one is always there. */
export function tabsFor(
  me: Me | undefined,
  open: TabName | undefined,
): { name: TabName; count: number }[] {
  const { approvals, reviews, followUps, unbrokered } = me?.open ?? NOTHING;
  const { approver, reviewer, responder, auditor } = me ?? NOBODY;
  const all: { name: TabName; shown: boolean; count: number }[] = [
    { name: 'my-access', shown: true, count: 0 },
    { name: 'approvals', shown: approver, count: approvals },
    { name: 'reviews', shown: reviewer, count: reviews },
    { name: 'follow-ups', shown: reviewer || followUps > 0, count: followUps },
    {
      name: 'unbrokered',
      shown: reviewer || responder || auditor || unbrokered > 0,
      count: unbrokered,
    },
    { name: 'panic', shown: responder || auditor, count: 0 },
    { name: 'accounts', shown: responder || auditor, count: 0 },
    { name: 'health', shown: responder || auditor, count: 0 },
    { name: 'audit', shown: auditor, count: 0 },
    { name: 'insights', shown: auditor, count: 0 },
  ];
  return all
    .filter(({ name, shown }) => shown || name === open)
    .map(({ name, count }) => ({ name, count }));
}
