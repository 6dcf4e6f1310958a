import { createHash } from 'crypto';
import canonicalize from 'canonicalize';
import { Person } from '../accounts/types';
import { ResolvedChoice } from './LeaseResolver';

/** Who asks for what; when, for how long and in which words is left out. */
export interface AskedFor {
  /** Key of the requester, so that two entities of one person are one. */
  requesterKey: string;
  accountRef: string;
  roleId: string;
  profileId: string;
  profileParameters: Record<string, string>;
}

/** What a person asks for when they choose this. */
export function askedFor(person: Person, choice: ResolvedChoice): AskedFor {
  return {
    requesterKey: person.key,
    accountRef: choice.account.ref,
    roleId: choice.role.id,
    profileId: choice.profile.id,
    profileParameters: choice.profile.parameters,
  };
}

/** SHA-256 over what is asked for, in hexadecimal: of it a person has one open request. */
export function requestKey(asked: AskedFor): string {
  const { requesterKey, accountRef, roleId, profileId } = asked;
  const parameters = { ...asked.profileParameters };
  const text = canonicalize([
    ...[requesterKey, accountRef, roleId, profileId],
    parameters,
  ]);
  return createHash('sha256').update(text!, 'utf8').digest('hex');
}
