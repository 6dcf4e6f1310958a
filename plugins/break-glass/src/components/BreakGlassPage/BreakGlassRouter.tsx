import { Navigate, Route, Routes } from 'react-router-dom';
import { Approvals } from '../Approvals';
import { AuditLog } from '../AuditLog';
import { Insights } from '../Insights';
import { LeasePage } from '../LeasePage';
import { MyAccess } from '../MyAccess';
import { Reviews } from '../Reviews';
import { Tabbed } from './Tabbed';

/** Everything under the page "Break Glass", without the portal's own header. */
export const BreakGlassRouter = () => (
  <Routes>
    <Route index element={<Navigate to="my-access" replace />} />
    <Route
      path="my-access"
      element={
        <Tabbed tab="my-access">
          <MyAccess />
        </Tabbed>
      }
    />
    <Route
      path="approvals"
      element={
        <Tabbed tab="approvals">
          <Approvals />
        </Tabbed>
      }
    />
    <Route
      path="reviews"
      element={
        <Tabbed tab="reviews">
          <Reviews />
        </Tabbed>
      }
    />
    <Route
      path="audit"
      element={
        <Tabbed tab="audit">
          <AuditLog />
        </Tabbed>
      }
    />
    <Route
      path="insights"
      element={
        <Tabbed tab="insights">
          <Insights />
        </Tabbed>
      }
    />
    <Route
      path="leases/:id"
      element={
        <Tabbed>
          <LeasePage />
        </Tabbed>
      }
    />
    <Route path="*" element={<Navigate to="../my-access" replace />} />
  </Routes>
);
