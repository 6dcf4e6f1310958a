import { StatementConfig } from '../../config/types';
import { asList, coversAction, matchesAction } from '../../profiles';

/** Calls that need no permission. */
const FREE = new Set(['sts:getcalleridentity', 'sts:getaccesskeyinfo']);

/** Whether everybody may make the call, whatever their policies say. */
export function needsNoPermission(permission: string): boolean {
  return FREE.has(permission.toLowerCase());
}

/** Whether a permission on some resources is within a profile. */
export type ProfileReach = (permission: string, resources: string[]) => boolean;

/**
 * What statements allow, as far as a record can tell: by permission, and by
 * resource where the record names ARNs only. One of several that fits is
 * enough: records also list what a call merely touched. Conditions and denies
 * are AWS's to judge.
 */
export function profileReach(statements: StatementConfig[]): ProfileReach {
  const allows = statements.filter(({ Effect }) => Effect === 'Allow');
  const known = new Map<string, StatementConfig[]>();
  return (permission, resources) => {
    if (needsNoPermission(permission)) {
      return true;
    }
    let covering = known.get(permission);
    if (!covering) {
      covering = allows.filter(each => coversAction(each, permission));
      known.set(permission, covering);
    }
    return covering.some(each => fitsResources(each, resources));
  };
}

function fitsResources(
  { Resource, NotResource }: StatementConfig,
  resources: string[],
): boolean {
  const patterns = asList(Resource);
  const isTold =
    resources.length > 0 && resources.every(each => each.startsWith('arn:'));
  return (
    !isTold ||
    NotResource !== undefined ||
    patterns.includes('*') ||
    resources.some(each =>
      patterns.some(pattern => matchesAction(pattern, each)),
    )
  );
}
