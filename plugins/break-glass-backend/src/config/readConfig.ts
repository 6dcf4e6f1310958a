import { Config } from '@backstage/config';
import { checkIngress } from './checks/checkIngress';
import { checkSection } from './checks/checkSection';
import { CONFIG_SECTION, configError, problemsOf } from './configError';
import { assertNoOpenDoors } from './openDoors';
import { Section, sectionSchema } from './schema/sectionSchema';
import { toConfig } from './toConfig';
import { BreakGlassConfig } from './types';

/** Where relative files of the configuration are. */
export interface ReadConfigOptions {
  /** Absolute path of the folder that holds app-config.yaml. */
  repositoryRoot: string;
}

/**
 * Reads and checks the whole `breakGlass` section once, into typed objects.
 * Whether profiles fit into a session policy is checked by `checkProfiles` of the room above.
 *
 * @param config - the root configuration
 * @throws InputError that names every wrong key with the reason
 */
export function readBreakGlassConfig(
  config: Config,
  options: ReadConfigOptions,
): BreakGlassConfig {
  assertNoOpenDoors(config, process.env.NODE_ENV);
  const raw = config.getOptional(CONFIG_SECTION);
  if (raw === undefined) {
    throw configError([{ path: [], reason: 'the section is missing' }]);
  }
  const parsed = sectionSchema(options.repositoryRoot).safeParse(raw);
  if (!parsed.success) {
    throw configError(problemsOf(parsed.error));
  }
  const section: Section = parsed.data;
  const problems = [...checkSection(section), ...checkIngress(config, section)];
  const issuer = section.issuer ?? config.getOptionalString('app.baseUrl');
  if (!issuer) {
    problems.push({
      path: ['issuer'],
      reason: 'is missing, and there is no app.baseUrl to take its place',
    });
  }
  if (problems.length > 0) {
    throw configError(problems);
  }
  return toConfig(section, issuer!);
}
