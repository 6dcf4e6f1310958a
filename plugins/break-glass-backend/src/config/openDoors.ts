import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { JsonValue } from '@backstage/types';

/** Settings of Backstage that let somebody in as nobody in particular. */
const DANGEROUS = /^dangerously/;

/**
 * Refuses a production configuration in which somebody could act without being a
 * person of the catalog (pitfall 42): guest sign-in, or a `dangerously…` setting that is on.
 * @param environment - `NODE_ENV`
 * @throws InputError with every such key
 */
export function assertNoOpenDoors(
  config: Config,
  environment: string | undefined,
): void {
  if (environment !== 'production') {
    return;
  }
  const doors = [
    ...(config.has('auth.providers.guest') ? ['auth.providers.guest'] : []),
    ...['auth', 'backend.auth', 'permission'].flatMap(section =>
      dangerousIn(config.getOptional<JsonValue>(section), section),
    ),
  ];
  if (doors.length > 0) {
    throw new InputError(
      `Break glass does not start in production with ${doors.join(
        ', ',
      )}: everybody who acts must be a person of the catalog. Remove it, or run without NODE_ENV=production where this is no production.`,
    );
  }
}

/** Keys that are on, at any depth. */
function dangerousIn(value: JsonValue | undefined, path: string): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((each, index) =>
      dangerousIn(each, `${path}[${index}]`),
    );
  }
  if (value === null || typeof value !== 'object') {
    return [];
  }
  return Object.entries(value).flatMap(([key, child]) => {
    const own = `${path}.${key}`;
    return DANGEROUS.test(key) && child !== false && child !== undefined
      ? [own]
      : dangerousIn(child, own);
  });
}
