import { SessionTag } from 'backstage-plugin-break-glass-node';

/** What the tags of a session say. */
export interface SessionTagFacts {
  /** Lease, or absent for a standing role. */
  leaseId?: string;
  /** Canonical user entity ref. */
  requester: string;
  ticket?: string;
  /** Whether what outlives the lease is reviewed one by one, as its approved scope says (I14). */
  residueReviewed: boolean;
  /** Head of the audit log, so that CloudTrail is a witness of it (I6). */
  anchor: string;
}

/** Longest value of a session tag, in characters. */
const MAX_VALUE = 256;

/**
 * Session tags of one issue. Values are made to fit what STS takes (letters,
 * digits, space and `_.:/=+-@`); what is empty is left out.
 */
export function sessionTags(facts: SessionTagFacts): SessionTag[] {
  const tags: Array<[string, string | undefined]> = [
    ['break-glass:lease', facts.leaseId],
    ['break-glass:requester', facts.requester],
    ['break-glass:ticket', facts.ticket],
    // Always there, so that guardrails that let `reviewed` through never read an older tag.
    ['break-glass:residue', facts.residueReviewed ? 'reviewed' : 'denied'],
    ['break-glass:anchor', facts.anchor],
  ];
  return tags.flatMap(([Key, value]) => {
    const Value = tagValue(value ?? '');
    return Value ? [{ Key, Value }] : [];
  });
}

function tagValue(text: string): string {
  const clean = text.replace(/[^\p{L}\p{N} _.:/=+@-]/gu, '-').trim();
  return Array.from(clean).slice(0, MAX_VALUE).join('');
}
