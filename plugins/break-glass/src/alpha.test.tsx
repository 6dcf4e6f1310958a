import { fetchApiRef } from '@backstage/core-plugin-api';
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import {
  catalogApiMock,
  createTestEntityPage,
} from '@backstage/plugin-catalog-react/testUtils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { account, me } from './__testUtils__/accounts';
import { LEASE_ID, leaseDetail, leaseSummary } from './__testUtils__/leases';
import { payrollEntity } from './__testUtils__/render';
import { testBackend } from './__testUtils__/server';
import breakGlassPlugin from './alpha';

const backend = testBackend();
const mountedRoutes = { '/catalog/:namespace/:kind/:name': entityRouteRef };

const apis = () =>
  [
    [
      fetchApiRef,
      mockApis.fetch({
        resolvePluginProtocol: {
          discoveryApi: mockApis.discovery({ baseUrl: 'http://localhost' }),
        },
      }),
    ],
    [catalogApiRef, catalogApiMock()],
  ] as const;

describe('the plugin in a portal on the new frontend system', () => {
  beforeEach(() => {
    backend.on('me', me());
    backend.on('listLeases', { items: [leaseSummary()] });
  });

  it('finds its backend by plugin://break-glass, and leads from the list to the lease', async () => {
    backend.on('getLease', leaseDetail());
    renderTestApp({
      features: [breakGlassPlugin],
      apis: apis() as any,
      initialRouteEntries: ['/break-glass'],
      mountedRoutes,
    });
    const link = await screen.findByRole('link', { name: 'View lease' });
    expect(link).toHaveAttribute('href', `/break-glass/leases/${LEASE_ID}`);
    await userEvent.click(link);
    expect(
      await screen.findByText('You asked for this lease yourself'),
    ).toBeInTheDocument();
  });

  it('adds its tab to the page of an account', async () => {
    backend.on('getAccount', account());
    renderTestApp({
      features: [breakGlassPlugin],
      extensions: [createTestEntityPage({ entity: payrollEntity })],
      apis: apis() as any,
      mountedRoutes,
    });
    expect(await screen.findByText('111122223333')).toBeInTheDocument();
  });
});
