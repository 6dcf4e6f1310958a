import { join } from 'node:path';
import { inRoot } from './root.mjs';

/** Lets Node run the TypeScript of the workspace without a build. */
const TYPESCRIPT = ['--require', '@backstage/cli/config/nodeTransform.cjs'];

/**
 * How the programs of the demo are started, in the order in which they need each other: the backend reads the
 * identity provider's discovery document once, at its start.
 *
 * @param {{ports: object, addresses: object, dataDirectory: string, page: 'development' | 'bundle'}} setting
 *   with `bundle`, the backend serves the built page and there is no program for it
 * @returns {{name: string, title: string, address: string, readyAt: string, anyStatus?: boolean, command: string[],
 *   cwd: string}[]}
 */
export function demoServices({ ports, addresses, dataDirectory, page }) {
  const services = [
    {
      name: 'identity-provider',
      title: 'Identity provider',
      address: addresses.identityProvider,
      readyAt: `${addresses.identityProvider}/.well-known/openid-configuration`,
      cwd: inRoot('packages/identity-provider'),
      command: [
        process.execPath,
        ...TYPESCRIPT,
        'src/main.ts',
        `--port=${ports.identityProvider}`,
        `--people=${inRoot('examples/org.yaml')}`,
        `--redirect-uri=${addresses.backend}/api/auth/oidc/handler/frame`,
      ],
    },
    {
      name: 'aws-sandbox',
      title: 'Sandbox AWS',
      address: addresses.sandbox,
      readyAt: addresses.sandbox,
      // It answers an unsigned call as AWS does: with a refusal.
      anyStatus: true,
      cwd: inRoot('packages/aws-sandbox'),
      command: [
        process.execPath,
        ...TYPESCRIPT,
        'src/main.ts',
        `--port=${ports.sandbox}`,
        `--log-directory=${join(dataDirectory, 'cloudtrail')}`,
      ],
    },
    {
      name: 'backend',
      title: 'Portal backend',
      address: addresses.backend,
      readyAt: `${addresses.backend}/.backstage/health/v1/readiness`,
      cwd: inRoot('packages/backend'),
      command: [
        process.execPath,
        '--enable-source-maps',
        ...TYPESCRIPT,
        'src/index.ts',
        '--config',
        inRoot('app-config.yaml'),
      ],
    },
  ];
  if (page === 'development') {
    services.push({
      name: 'page',
      title: 'Portal',
      address: addresses.page,
      readyAt: addresses.page,
      cwd: inRoot('packages/app'),
      command: [
        process.execPath,
        inRoot('node_modules/@backstage/cli/bin/backstage-cli'),
        'package',
        'start',
        '--config',
        inRoot('app-config.yaml'),
      ],
    });
  }
  return services;
}

/** The variables through which the parts find each other and their data (see app-config.yaml). */
export function demoEnvironment({ ports, addresses, dataDirectory, page }) {
  return {
    NODE_ENV: page === 'development' ? 'development' : 'production',
    APP_BASE_URL: addresses.page,
    BACKEND_BASE_URL: addresses.backend,
    BACKEND_PORT: String(ports.backend),
    OIDC_ISSUER: addresses.identityProvider,
    AWS_SANDBOX_URL: addresses.sandbox,
    DEMO_DATA_DIRECTORY: dataDirectory,
  };
}
