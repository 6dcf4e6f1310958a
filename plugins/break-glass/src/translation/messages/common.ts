/** Words that appear in several places. */
export const common = {
  title: 'Break Glass',
  retry: 'Try again',
  close: 'Close',
  cancel: 'Cancel',
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: 'The browser refused to copy. Show the text and copy it by hand.',
  show: 'Show',
  hide: 'Hide',
  loading: 'Loading',
  loadMore: 'Load more',
  system: 'the system',
  details: 'Details',
  comment: 'Comment',
  optionalComment: 'Comment (optional)',
  minutes: '{{minutes}} min',
  hours: '{{hours}} h',
  hoursMinutes: '{{hours}} h {{minutes}} min',
  noneYet: '—',
  unavailable: 'Not available: {{reason}}',
  timeLeft: 'Time left',
  over: 'over',
} as const;

/** What went wrong, and what to do next. */
export const errors = {
  title: 'This did not work',
  network: 'The portal did not answer. Check your connection and try again.',
  misunderstood:
    'The answer of the server was not understood. Page and server may have different versions: reload the page.',
  hint: {
    notEligible: 'Ask one of the people named here, or file a support ticket.',
    staleScope:
      'What is asked for changed while you were reading. Read it again, then decide.',
    conflict: 'Somebody else was faster. The page now shows what happened.',
    aws: 'Nothing was issued and the lease is unharmed. Try again in a minute.',
    noActiveLease: 'Request access first.',
    evidenceChanged:
      'New events arrived. The page now shows them: look at them, then give your verdict.',
    evidenceIncomplete:
      'Wait until the logs are complete, or give the reason to accept without them.',
    rateLimited: 'Wait a minute, then try again.',
    issuingStopped:
      'Something about the account, role or profile changed since the approval. Request access again.',
    notPermitted: 'Your portal administrator can tell you who may do this.',
  },
} as const;

/** States of a lease and of its review. */
export const states = {
  lease: {
    pending: 'Waiting for approval',
    scheduled: 'Scheduled',
    active: 'Active',
    rejected: 'Rejected',
    cancelled: 'Cancelled',
    lapsed: 'Lapsed',
    expired: 'Expired',
    ended: 'Ended',
    revoked: 'Revoked',
  },
  review: {
    none: 'No review',
    collecting: 'Collecting logs',
    open: 'Waiting for review',
    accepted: 'Accepted',
    flagged: 'Flagged',
  },
  session: {
    issuing: 'being issued',
    issued: 'issued',
    refused: 'refused',
    discarded: 'discarded',
  },
  kill: {
    none: '',
    'not-deployed':
      'Live credentials last until they expire: no kill policy is deployed in this account.',
    requested: 'Live credentials are being killed: asked for.',
    accepted:
      'Live credentials are being killed: AWS accepted it, which takes seconds to minutes to reach every service.',
    probed: 'Live credentials were seen to be refused by AWS.',
  },
  approvalKind: {
    people: '',
    automatic: 'Automatic approval',
    emergency: 'Emergency',
  },
  accessLevel: {
    list: 'list',
    read: 'read',
    tagging: 'tagging',
    write: 'write',
    'permissions-management': 'permissions',
    unknown: 'unknown level',
  },
} as const;
