/**
 * The head of the audit log as a session tag's value: `<seq>:<first 32 of its
 * hash>`. With it CloudTrail is a witness of what the log said at every issue (I6).
 */
export function anchorTag(head: { seq: number; hash: string }): string {
  return `${head.seq}:${head.hash.slice(0, 32)}`;
}
