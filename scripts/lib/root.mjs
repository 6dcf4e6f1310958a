import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the repository. */
export const ROOT = resolve(fileURLToPath(import.meta.url), '../../..');

/** Absolute path of something in the repository. */
export const inRoot = (...parts) => resolve(ROOT, ...parts);
