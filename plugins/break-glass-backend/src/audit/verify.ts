import { AuditStore, AuditVerification } from '../database/types';
import { AnchorFile } from './AuditAnchor';
import { ChainVerifier } from './ChainVerifier';

const NO_ANCHORS: AnchorFile = { anchors: [], unreadable: [] };

/**
 * Checks the chain of the audit log against itself, its head and the anchors,
 * reading it as a stream. Entries that are appended meanwhile are left for the
 * next time. Read the anchors before calling this.
 */
export async function verifyAudit(
  audit: AuditStore,
  anchorFile: AnchorFile = NO_ANCHORS,
): Promise<AuditVerification> {
  const verifier = new ChainVerifier(await audit.head(), anchorFile);
  for await (const row of audit.scan(Number.MIN_SAFE_INTEGER)) {
    if (row.seq > verifier.head.seq) {
      break;
    }
    verifier.take(row);
  }
  const [newest] = await audit.list({}, { limit: 1 });
  const headNow = await audit.head();
  return verifier.result(
    newest && newest.seq > headNow.seq ? newest : undefined,
  );
}
