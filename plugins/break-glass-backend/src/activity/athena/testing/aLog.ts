import { ConfigReader } from '@backstage/config';
import { readBreakGlassConfig } from '../../../config';
import { AthenaLogConfig } from '../../../config/athenaConfig';
import { aSection } from '../../../testing/section';

/** A log as the configuration gives it: the sandbox's table of trail files, unless a key says otherwise. */
export function aLog(keys: object = {}): AthenaLogConfig {
  const section = {
    ...aSection(),
    activity: {
      athena: [
        {
          accountId: '555566667777',
          region: 'eu-central-1',
          workgroup: 'break-glass',
          database: 'cloudtrail',
          table: 'trail',
          layout: 'trail',
          ...keys,
        },
      ],
    },
  };
  const config = readBreakGlassConfig(
    new ConfigReader({ breakGlass: JSON.parse(JSON.stringify(section)) }),
    { repositoryRoot: '/repository' },
  );
  return config.athena![0];
}
