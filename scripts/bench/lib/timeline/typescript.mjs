// What the browser tests already know of signing in is TypeScript; this lets a script use it without a build.
import { createRequire } from 'node:module';
import { inRoot } from '../../../lib/root.mjs';

const require = createRequire(import.meta.url);
require('@backstage/cli/config/nodeTransform.cjs');

const support = name => require(inRoot('packages/app/e2e-tests/support', name));

export const { signInOverHttp } = support('signInOverHttp.ts');
export const { openAs } = support('signIn.ts');
