import { ReactElement } from 'react';
import { Navigate, Route, Routes } from 'react-router-dom';
import { Approvals } from '../Approvals';
import { AuditLog } from '../AuditLog';
import { FollowUps } from '../FollowUps';
import { HealthPage } from '../Health';
import { Insights } from '../Insights';
import { LeasePage } from '../LeasePage';
import { MyAccess } from '../MyAccess';
import { PanicPage } from '../Panic';
import { Reviews } from '../Reviews';
import { UnusableAccounts } from '../UnusableAccounts';
import { UnbrokeredList, UnbrokeredPage } from '../Unbrokered';
import { Tabbed, TabName } from './Tabbed';

const TABS: Record<TabName, ReactElement> = {
  'my-access': <MyAccess />,
  approvals: <Approvals />,
  reviews: <Reviews />,
  'follow-ups': <FollowUps />,
  unbrokered: <UnbrokeredList />,
  panic: <PanicPage />,
  accounts: <UnusableAccounts />,
  health: <HealthPage />,
  audit: <AuditLog />,
  insights: <Insights />,
};

/** Everything under the page "Break Glass", without the portal's own header. */
export const BreakGlassRouter = () => (
  <Routes>
    <Route index element={<Navigate to="my-access" replace />} />
    {Object.entries(TABS).map(([tab, element]) => (
      <Route
        key={tab}
        path={tab}
        element={<Tabbed tab={tab as TabName}>{element}</Tabbed>}
      />
    ))}
    <Route
      path="leases/:id"
      element={
        <Tabbed>
          <LeasePage />
        </Tabbed>
      }
    />
    <Route
      path="unbrokered/:id"
      element={
        <Tabbed tab="unbrokered">
          <UnbrokeredPage />
        </Tabbed>
      }
    />
    <Route path="*" element={<Navigate to="../my-access" replace />} />
  </Routes>
);
