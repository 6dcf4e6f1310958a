export { AuditAnchor } from './AuditAnchor';
export type { AnchorState } from './AuditAnchor';
export { anchorTag } from './anchorTag';
export { AuditLog } from './AuditLog';
export type { AuditInput } from './AuditLog';
export { AuditSpool } from './AuditSpool';
export { exportAudit } from './exportAudit';
export { verifyAudit } from './verify';
