import type { ProfileService } from 'backstage-plugin-break-glass-common';
import { line } from '../frame/inert';

/** What a policy allows, a line per service. */
export function policyWords(services: ProfileService[]): string[] {
  if (services.length === 0) {
    return ['nothing'];
  }
  return services.map(({ title, accessLevels, actions, resources }) => {
    const levels = accessLevels
      .map(level => level.replace('-', ' '))
      .join(', ');
    const count = `${actions.length} ${
      actions.length === 1 ? 'action' : 'actions'
    }`;
    return line`${title}: ${levels} (${count}) ${resourceWords(resources)}`;
  });
}

/** Never says "everything" where only some of the actions reach everything. */
function resourceWords(resources: string[]): string {
  const named = resources.filter(resource => resource !== '*').join(', ');
  if (named === '') {
    return 'on everything';
  }
  return resources.includes('*')
    ? `on ${named}; some of it on everything`
    : `on ${named}`;
}
