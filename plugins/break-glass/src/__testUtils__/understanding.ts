import {
  EvidenceCheck,
  evidenceCheckSchema,
  ResidueItem,
  residueItemSchema,
  Understanding,
  understandingSchema,
} from 'backstage-plugin-break-glass-common';
import { afterNoon, EVIDENCE_HASH } from './leases';

/** What was understood of a lease under which nothing was done; checked against the contract. */
export function understanding(
  part: Partial<Understanding> = {},
): Understanding {
  return understandingSchema.parse({
    sentence: 'Nothing was done.',
    services: [],
    lacking: [],
    permissions: { used: [], unused: [], unseen: [] },
    networks: [],
    marks: [],
    residue: [],
    ...part,
  });
}

/** An access key that was left behind; checked against the contract. */
export function residueItem(part: Partial<ResidueItem> = {}): ResidueItem {
  return residueItemSchema.parse({
    key: 'c'.repeat(64),
    kind: 'credential',
    what: 'Access key AKIAEXAMPLE of user ci-deploy',
    resource: 'arn:aws:iam::111122223333:user/ci-deploy',
    eventId: 'create-key',
    at: afterNoon(6),
    state: 'open',
    ...part,
  });
}

/** Frozen evidence that the logs still tell the same; checked against the contract. */
export function evidenceCheck(
  part: Partial<EvidenceCheck> = {},
): EvidenceCheck {
  return evidenceCheckSchema.parse({
    checkedAt: afterNoon(200),
    frozenAt: afterNoon(100),
    frozenHash: EVIDENCE_HASH,
    storedIntact: true,
    same: true,
    words: 'The logs still give the same 3 events.',
    counts: { frozen: 3, now: 3, added: 0, missing: 0, changed: 0 },
    differences: [],
    ...part,
  });
}
