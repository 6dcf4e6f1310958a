import { checkSessionName, probeSessionName } from '../federation/sessionName';
import { ObservedUse } from './observe';

const ENDS_IN_ULID = /@([0-7][0-9A-HJKMNP-TV-Z]{25})$/;

/** The id at the end of a session's name, or of its source identity: of a lease, or of a standing session. Anybody can write it. */
export function idInName(
  use: Pick<ObservedUse, 'session' | 'sourceIdentity'>,
): string | undefined {
  return [use.session?.name, use.sourceIdentity]
    .map(name => ENDS_IN_ULID.exec(name ?? '')?.[1])
    .find(id => id !== undefined);
}

/** Whether a session carries the name of the portal's own probe of a killed lease. Anybody can take it. */
export function hasNameOfProbe(
  use: Pick<ObservedUse, 'session' | 'sourceIdentity'>,
): boolean {
  const id = idInName(use);
  return id !== undefined && use.session?.name === probeSessionName(id);
}

/** Whether a session carries the name of the portal's own check of the broker. Anybody can take it. */
export function hasNameOfCheck(
  use: Pick<ObservedUse, 'session' | 'sourceIdentity'>,
): boolean {
  const id = idInName(use);
  return id !== undefined && use.session?.name === checkSessionName(id);
}
