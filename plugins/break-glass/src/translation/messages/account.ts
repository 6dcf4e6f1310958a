/** The tab and the card of an account entity. */
export const account = {
  accountId: 'Account id',
  copyId: 'Copy the account id',
  partition: 'Partition',
  region: 'Region',
  owner: 'Owner',
  ownerUnknown: 'unknown',
  controlPlane: 'Control plane',
  controlPlaneHint:
    'This account hosts the portal or what protects it: approval takes two roles.',
  problems: 'This account cannot be used',
  fix: 'What to do: {{fix}}',
  roles: 'Roles',
  noRoles: 'No role is configured for this account',
  noRolesHint:
    'A platform engineer adds roles in the configuration of the portal, under breakGlass.roles.',
  history: 'History',
  historyEmpty: 'Nobody has broken the glass here',
  historyEmptyHint: 'Leases on this account will be listed here.',
  col: {
    state: 'State',
    person: 'Person',
    role: 'Role and profile',
    reason: 'Reason',
    duration: 'Duration',
    asked: 'Asked',
    review: 'Review',
    account: 'Account',
  },
  openLease: 'Open the lease of {{person}}',
  cardTitle: 'Break glass',
  cardActive: 'Active leases now',
  cardLast: 'Last break glass',
  cardNever: 'never',
  cardOverdue: 'Overdue reviews',
  cardMore: 'Open the tab',
} as const;

/** The accounts that cannot be used. */
export const unusable = {
  title: 'Accounts that cannot be used',
  about:
    'No access is given on these, whoever asks. Most are mended in their catalog file; the portal reads it again by itself.',
  none: 'Every account in the catalog can be used',
  noneHint:
    'Accounts with a wrong id, from an origin that is not trusted, or claimed twice would be listed here.',
  noneYet: 'None among the accounts that were looked through so far',
} as const;

/** One role of an account. */
export const role = {
  standing: 'Standing',
  lease: 'Needs a lease',
  standingReady: 'You may use this role without a lease.',
  approval: 'Approved by: {{words}}',
  approvalFor: 'With {{profiles}} approved by: {{words}}',
  warningFor: 'With {{profiles}}: {{words}}',
  frozenHint: 'You can ask for a start after it.',
  noLease:
    'You have no active lease. Request access to open the console or get credentials.',
  request: 'Request access',
  requestAnother: 'Request another lease',
  console: 'Console',
  openConsole: 'Open console',
  credentials: 'Credentials',
  getCredentials: 'Get credentials',
  done: "I'm done",
  cancelRequest: 'Cancel request',
  waiting_one: 'Waiting for {{count}} more approval',
  waiting_other: 'Waiting for {{count}} more approvals',
  asked: 'asked',
  lapses: 'lapses',
  starts: 'starts',
  activeUntil: 'ends',
  notEligible: 'You are not eligible for this role.',
  whoIs: 'Eligible: {{people}}',
  support: 'Ask for help with a ticket',
  killNone:
    'Credentials of this role cannot be killed early here: they last until they expire or the lease ends.',
  viewLease: 'View lease',
  issuingStopped: 'Nothing more is issued under this lease: {{reason}}',
  consoleOpening: 'Opening the AWS console…',
  consoleBlocked: 'The browser blocked the new tab',
  consoleBlockedHint:
    'Open the console with this link. It works once, within 15 minutes.',
  consoleBadUrl: 'The console address was not a web address and was dropped.',
  endTitle: 'End this lease?',
  endText:
    'Your live credentials stop working, and the lease goes to review. This cannot be undone.',
  endConfirm: 'End lease',
  cancelTitle: 'Take this request back?',
  cancelText: 'Nobody will be able to approve it any more.',
  cancelConfirm: 'Cancel request',
  revokeTitle: 'Revoke this lease?',
  revokeText:
    'Live credentials of {{person}} stop working, and the lease goes to review.',
  revokeConfirm: 'Revoke lease',
  keep: 'Keep it',
} as const;
