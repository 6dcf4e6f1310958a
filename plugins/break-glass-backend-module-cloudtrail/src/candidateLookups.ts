import { ActivityQuery } from 'backstage-plugin-break-glass-node';
import { Attribute } from './EventHistory';

/**
 * What candidates are looked up by. The caller's name finds calls, but no
 * AssumeRole of the session: that is found by the role, which it names among its
 * resources.
 */
export function candidateLookups(query: ActivityQuery): Attribute[] {
  const lookups: Attribute[] = [
    { key: 'Username', value: query.sessionName },
    { key: 'ResourceName', value: query.roleArn },
    ...query.accessKeyIds.map(value => ({
      key: 'AccessKeyId' as const,
      value,
    })),
  ];
  return lookups.filter(({ value }) => value !== '');
}
