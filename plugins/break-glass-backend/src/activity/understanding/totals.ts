import { Understanding } from 'backstage-plugin-break-glass-common';
import { networkOf } from '../network';
import { SentenceFacts } from './sentence';
import { UnderstoodGroup } from './UnderstoodGroup';

const NEW_NETWORK = 'new-network';

/** The counts that the sentence about a lease names. */
export function sums(
  all: UnderstoodGroup[],
): Pick<
  SentenceFacts,
  'changes' | 'reads' | 'refused' | 'sensitive' | 'duration'
> {
  const sum = (counts: (each: UnderstoodGroup) => boolean) =>
    all.filter(counts).reduce((total, { count }) => total + count, 0);
  const first = all.reduce((min, each) => Math.min(min, each.first), Infinity);
  const last = all.reduce((max, each) => Math.max(max, each.last), -Infinity);
  return {
    changes: sum(each => each.isWrite),
    reads: sum(each => !each.isWrite && !each.refused),
    refused: sum(each => each.refused),
    sensitive: sum(each => each.sensitive.length > 0),
    duration: all.length > 0 ? last - first : 0,
  };
}

/** Of calls that AWS let through, with the session itself. */
export function usedPermissions(all: UnderstoodGroup[]): string[] {
  return [
    ...new Set(
      all.flatMap(({ permission, refused, chained }) =>
        permission && !refused && !chained ? [permission] : [],
      ),
    ),
  ];
}

/** Networks by how often they were called from, most first. */
export function networksOf(all: UnderstoodGroup[]): Understanding['networks'] {
  const networks = new Map<string, Understanding['networks'][number]>();
  for (const { sourceIp, sensitive, count } of all) {
    const network = networkOf(sourceIp);
    if (network) {
      const before = networks.get(network) ?? {
        network,
        events: 0,
        isNew: false,
      };
      networks.set(network, {
        network,
        events: before.events + count,
        isNew:
          before.isNew || sensitive.some(mark => mark.rule === NEW_NETWORK),
      });
    }
  }
  return mostFirst([...networks.values()], each => each.events);
}

/** In falling order of a count. */
export function mostFirst<T>(items: T[], count: (item: T) => number): T[] {
  return [...items].sort((a, b) => count(b) - count(a));
}
