import { People } from '../accounts/types';

/** Whether a ref is a person, or a group with members, of a trusted origin (I13). */
export type KnownRefs = (ref: string) => Promise<boolean>;

/** Looks refs up in the catalog, now. */
export function knownRefs(people: People): KnownRefs {
  return async ref => {
    if (ref.startsWith('user:')) {
      return (await people.find(ref)) !== undefined;
    }
    if (!ref.startsWith('group:')) {
      return false;
    }
    const members = await people.members({ groups: [ref], users: [] }, 1);
    return members.length > 0;
  };
}
