import { existsSync } from 'fs';
import { dirname, join, resolve } from 'path';

/**
 * The folder that relative files of the configuration start from: the nearest
 * one upwards with an `app-config.yaml`, else the working directory.
 */
export function findConfigRoot(from: string = process.cwd()): string {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'app-config.yaml'))) {
      return folder;
    }
    if (folder === dirname(folder)) {
      return resolve(from);
    }
  }
}
