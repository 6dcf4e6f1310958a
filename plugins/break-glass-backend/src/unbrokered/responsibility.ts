import { BreakGlassConfig } from '../config/types';
import { UnbrokeredRow } from '../database/types';
import { UnexplainedUse } from './judgeUses';

/**
 * Who explains a use, and at whom it points. Who holds the seal explains the use
 * of an emergency user; anything else goes to the configured owner. The
 * requester whose lease's name a use carries is the person it points at and
 * never its owner: he may be the victim of a copied name, or the culprit, and in
 * neither case should the account of it be his alone, nor the verdict. Pure.
 */
export function responsibilityFor(
  config: Pick<BreakGlassConfig, 'unbrokered'>,
  { watched, lease }: UnexplainedUse,
): Pick<UnbrokeredRow, 'owner' | 'person'> {
  const owner = watched.emergencyUser?.owner ?? config.unbrokered.owner;
  const holder = watched.emergencyUser && owner.startsWith('user:');
  return {
    owner,
    person: lease?.requester ?? (holder ? owner : undefined),
  };
}
