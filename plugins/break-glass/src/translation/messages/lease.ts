/** The page with its tabs. */
export const page = {
  tabs: 'Break Glass sections',
  myAccess: 'My access',
  approvals: 'Approvals',
  reviews: 'Reviews',
  audit: 'Audit log',
  insights: 'Insights',
  waiting_one: '{{count}} thing waits for you',
  waiting_other: '{{count}} things wait for you',
} as const;

/** The tab "My access". */
export const mine = {
  active: 'Active now',
  waiting: 'Waiting',
  past: 'Past',
  empty: 'You have no leases',
  emptyHint:
    'Open an account in the catalog and choose its tab Break Glass to request access.',
  catalog: 'Find an account',
  again: 'Request again',
  noneActive: 'No lease of yours is active.',
  noneWaiting: 'No request of yours is waiting.',
  nonePast: 'None yet.',
} as const;

/** The tab "Approvals". */
export const approvals = {
  title: 'Requests you may decide',
  empty: 'Nothing waits for your decision',
  emptyHint:
    'When somebody asks for access that you may approve, you get a notification and it appears here.',
  open: 'Read and decide',
  urgent: 'Lapses soon',
  forPerson: 'for {{person}}',
  duration: 'for {{duration}}',
} as const;

/** The tab "Reviews". */
export const reviews = {
  title: 'Leases to review',
  empty: 'Nothing waits for your review',
  emptyHint: 'Leases appear here when they end.',
  due: 'due',
  overdue: 'Overdue',
  sessions_one: '{{count}} session',
  sessions_other: '{{count}} sessions',
  noSessions: 'No session was issued',
  open: 'Review',
  collecting: 'Logs are still arriving',
} as const;

/** The page of one lease. */
export const lease = {
  title: '{{role}} on {{account}}',
  by: 'Asked by',
  onBehalfOf: 'on behalf of',
  account: 'Account',
  role: 'Role',
  profile: 'Profile',
  duration: 'Duration',
  start: 'Start',
  startNow: 'when it is approved',
  started: 'Started',
  ends: 'Ends',
  ended: 'Ended',
  asked: 'Asked',
  lapses: 'Lapses',
  reason: 'Reason',
  ticket: 'Ticket',
  noTicket: 'none',
  parameters: 'Parameters',
  policy: 'What the credentials allow',
  steps: 'Approval',
  decisions: 'Decisions',
  approvedBy: 'approved',
  rejectedBy: 'rejected',
  decide: 'Your decision',
  approve: 'Approve',
  reject: 'Reject',
  keys: 'Keyboard: a to approve, r to reject',
  decideTitleApprove: 'Approve this request?',
  decideTitleReject: 'Reject this request?',
  decideText:
    '{{person}}: {{role}} on {{account}}, profile {{profile}}, for {{duration}}.',
  rejectReason: 'Say why: the requester reads it.',
  cannotDecide: 'You cannot decide on this request',
  decidedElsewhere: 'Decided meanwhile',
  decidedBy: '{{person}} {{verdict}} this request',
  step: 'Step',
  stepChoose: 'You fit more than one step: choose the one you decide on.',
  use: 'Use this lease',
  change: 'Take it back',
  takeAway: 'Take this lease away',
  cannotIssue: 'Nothing can be issued',
  revoke: 'Revoke',
  closedBy: 'by',
  closeComment: 'Comment',
  notFound: 'There is no such lease, or you may not read it',
  sessions: 'Sessions',
} as const;
