import { Entity } from '@backstage/catalog-model';
import { configApiRef } from '@backstage/core-plugin-api';
import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { SignalApi, signalApiRef } from '@backstage/plugin-signals-react';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { act, RenderResult } from '@testing-library/react';
import {
  BreakGlassClient,
  LeaseSignal,
} from 'backstage-plugin-break-glass-common';
import { ReactElement } from 'react';
import { Route, Routes } from 'react-router-dom';
import { breakGlassApiRef } from '../api/breakGlassApi';
import { rootRouteRef } from '../routes';
import { BASE_URL } from './server';

/** The payroll account as the catalog has it. */
export const payrollEntity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: {
    name: 'payroll',
    annotations: { 'amazonaws.com/account-id': '111122223333' },
  },
  spec: { type: 'cloud-account', owner: 'group:default/payroll-developers' },
};

const people: Entity[] = ['Alice Moreau', 'Daniel Weiss'].map(displayName => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: {
    name: displayName.split(' ')[0].toLowerCase(),
    namespace: 'default',
  },
  spec: { profile: { displayName } },
}));

const config = mockApis.config({
  data: { backend: { baseUrl: 'http://localhost:7007' } },
});

/** What is on the page, and a way to tell it that a lease (by its id), or something else, changed. */
export type PluginResult = RenderResult & {
  signal: (changed: string | LeaseSignal) => void;
};

/** Shows a part of the plugin with the real client over HTTP; `signal` tells it that a lease changed. */
export async function renderPlugin(
  element: ReactElement,
  options: { path?: string } = {},
): Promise<PluginResult> {
  const listeners = new Set<(message: any) => void>();
  const signals: SignalApi = {
    subscribe: (_, listener) => {
      listeners.add(listener);
      return { unsubscribe: () => listeners.delete(listener) };
    },
  };
  const client = new BreakGlassClient({
    baseUrl: async () => BASE_URL,
    fetch: (...args) => fetch(...args),
  });
  const result = await renderInTestApp(
    <TestApiProvider
      apis={[
        [breakGlassApiRef, client],
        [signalApiRef, signals],
        [catalogApiRef, catalogApiMock({ entities: people })],
        [configApiRef, config],
      ]}
    >
      <Routes>
        <Route path="/break-glass/*" element={element} />
        <Route path="*" element={element} />
      </Routes>
    </TestApiProvider>,
    {
      routeEntries: [options.path ?? '/'],
      mountedRoutes: {
        '/break-glass': rootRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
    },
  );
  return {
    ...result,
    signal: changed => {
      const message =
        typeof changed === 'string' ? { leaseId: changed } : changed;
      act(() => listeners.forEach(listener => listener(message)));
    },
  };
}

/** Shows `element` on the page of the payroll account. */
export const renderOnAccount = (element: ReactElement): Promise<PluginResult> =>
  renderPlugin(
    <EntityProvider entity={payrollEntity}>{element}</EntityProvider>,
  );
