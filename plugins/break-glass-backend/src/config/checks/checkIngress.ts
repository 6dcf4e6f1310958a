import { Config } from '@backstage/config';
import { ConfigProblem } from '../configError';
import { Section } from '../schema/sectionSchema';

/**
 * The events backend makes an address of every topic in its own list, and asks
 * for no key there: with ours among them anybody could raise alarms, or drown
 * them. The list is never needed, as `cloudTrailIngress` makes its own address.
 */
export function checkIngress(
  config: Config,
  { unbrokered }: Pick<Section, 'unbrokered'>,
): ConfigProblem[] {
  const topics = config.getOptionalStringArray('events.http.topics') ?? [];
  return topics.includes(unbrokered.topic)
    ? [
        {
          path: ['unbrokered', 'ingressKey'],
          reason: `guards nothing while events.http.topics lists ${unbrokered.topic}, which lets anybody in: remove it there, set this key, and add cloudTrailIngress to the backend`,
        },
      ]
    : [];
}
