import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  Entity,
} from '@backstage/catalog-model';
import { TrustedOrigin } from '../config/types';

type UrlOrigin = Extract<TrustedOrigin, { type: 'url' }>;

/**
 * What stands between repository and branch in addresses of files and folders:
 * GitHub, GitLab, Gitea and Bitbucket Cloud. Longer ones first.
 */
const BRANCH_MARKERS = [
  ['-', 'blob'],
  ['-', 'tree'],
  ['-', 'raw'],
  ['src', 'branch'],
  ['blob'],
  ['tree'],
  ['raw'],
  ['src'],
];

/**
 * Whether an entity comes from a trusted origin (I13). Both annotations must: the
 * file that holds it, and the location through which the catalog came to read that file.
 * The catalog writes both itself, over whatever the file says.
 */
export function isTrusted(
  entity: Entity,
  origins: readonly TrustedOrigin[],
): boolean {
  const annotations = entity.metadata.annotations ?? {};
  return [ANNOTATION_LOCATION, ANNOTATION_ORIGIN_LOCATION].every(name =>
    origins.some(origin => isFrom(annotations[name], origin)),
  );
}

/** Where an entity says it comes from, for messages. */
export function locationOf(entity: Entity): string {
  return (
    entity.metadata.annotations?.[ANNOTATION_LOCATION] ?? 'an unknown place'
  );
}

function isFrom(location: string | undefined, origin: TrustedOrigin): boolean {
  if (location === undefined) {
    return false;
  }
  return origin.type === 'file'
    ? location === `file:${origin.path}`
    : location.startsWith('url:') &&
        isUrlFrom(location.slice('url:'.length), origin);
}

/** Segments are compared one by one and whole: never the text's beginning (pitfall 34). */
function isUrlFrom(target: string, origin: UrlOrigin): boolean {
  const segments = plainSegments(target, origin.host);
  if (!segments) {
    return false;
  }
  const repository = origin.repository.split('/');
  const rest = afterSegments(segments, repository);
  if (!rest) {
    return false;
  }
  return BRANCH_MARKERS.some(marker => {
    const inRepository = afterSegments(rest, marker);
    const inBranch =
      inRepository && afterSegments(inRepository, origin.branch.split('/'));
    return Boolean(inBranch && afterSegments(inBranch, origin.path.split('/')));
  });
}

/**
 * Segments of an https address on exactly this host, or nothing where the address is
 * anything but plain: another once it is parsed (dots, backslashes, case, user, port, query), or encoded.
 */
function plainSegments(target: string, host: string): string[] | undefined {
  if (!URL.canParse(target)) {
    return undefined;
  }
  const { host: actual, pathname } = new URL(target);
  const plain =
    actual === host &&
    target === `https://${actual}${pathname}` &&
    !target.includes('%');
  if (!plain) {
    return undefined;
  }
  const segments = pathname.slice(1).split('/');
  return segments.includes('') ? undefined : segments;
}

/** What follows the expected segments, or nothing where they differ. */
function afterSegments(
  segments: string[],
  expected: string[],
): string[] | undefined {
  return expected.every((segment, index) => segments[index] === segment)
    ? segments.slice(expected.length)
    : undefined;
}
