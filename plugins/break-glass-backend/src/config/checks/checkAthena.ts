import { ConfigProblem } from '../configError';
import { Section } from '../schema/sectionSchema';

/** Tables lie in partitions that are configured, and none is read twice. */
export function checkAthena({
  activity,
  partitions,
}: Section): ConfigProblem[] {
  const logs = activity?.athena ?? [];
  const places = logs.map(log =>
    [log.accountId, log.region, log.catalog, log.database, log.table].join(),
  );
  return logs.flatMap(({ partition }, index) => {
    const path = ['activity', 'athena', index];
    if (!partitions[partition]) {
      return [
        {
          path: [...path, 'partition'],
          reason: `the partition ${partition} is not configured`,
        },
      ];
    }
    return places.indexOf(places[index]) === index
      ? []
      : [{ path: [...path, 'table'], reason: 'is there twice' }];
  });
}
