/** The tab "Health". */
export const health = {
  title: 'Health',
  about:
    'What break glass depends on, as it is now. Each part that is not well says what to do.',
  parts: 'Parts',
  ok: 'Well',
  notOk: 'Needs attention',
  allWell: 'All parts are well.',
  attention_one: '{{count}} part needs attention.',
  attention_other: '{{count}} parts need attention.',
  part: {
    broker: 'Broker',
    accounts: 'Accounts of the broker',
    'log-source': 'Source of logs',
    approvals: 'Approval policies',
    unbrokered: 'Search for unbrokered use',
    outbox: 'Messages that wait',
    anchor: 'Anchor of the audit log',
    clock: 'Clocks',
  },
} as const;

/** The check of the broker in all accounts. */
export const brokerCheck = {
  title: 'Check of the broker in all accounts',
  about:
    'Tries in every account what issuing and killing need: assuming each role with source identity and session tags, and reading the kill policy. Nothing is handed out, and the sessions that it takes can do nothing.',
  run: 'Check all accounts',
  running: 'Checking…',
  none: 'No check was made yet',
  noneHint:
    'Run one after roles were deployed, and after trust policies or the broker changed.',
  state: {
    running: 'Running',
    finished: 'Finished',
    failed: 'Failed',
  },
  startedBy: 'Started by',
  finished: 'finished',
  progress: 'Accounts that were checked',
  counting: 'Counting the accounts…',
  doneOf: '{{done}} of {{total}} accounts are checked.',
  doneAll_one: '{{count}} account was checked.',
  doneAll_other: '{{count}} accounts were checked.',
  problems_one: '{{count}} account has a problem.',
  problems_other: '{{count}} accounts have a problem.',
  noProblems: 'No problem was found.',
  noProblemsYet: 'No problem was found so far.',
  which: 'Which accounts are shown',
  view: { problems: 'With a problem', all: 'All' },
  results: 'Accounts',
  empty: {
    problems: 'No account has a problem',
    all: 'No account was checked yet',
  },
  emptyHint: {
    problems:
      'Sessions can be issued and killed in every account that was checked.',
    all: 'Accounts appear here as they are checked.',
  },
  accountOk: 'All roles can be used',
  accountProblem_one: '{{count}} problem',
  accountProblem_other: '{{count}} problems',
  what: {
    assume: 'Cannot assume the role',
    'source-identity': 'Cannot set the source identity',
    tags: 'Cannot pass session tags',
    killer: 'Cannot assume the killer role',
    boundary: 'Kill policy is not as it must be',
    unanswered: 'No answer from AWS',
  },
  fixNumber: 'Fix {{number}} for {{role}} in {{account}}',
  copyFix: 'Copy fix {{number}} for {{role}} in {{account}}',
  showFixes_one: 'Show the fix',
  showFixes_other: 'Show both fixes',
  hideFixes: 'Hide',
  bothFixes: 'Both are needed.',
} as const;
