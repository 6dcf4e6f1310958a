/** Stopping everything of a person, an account, or all. */
export const panic = {
  title: 'Panic button',
  about:
    'Stops all access of a person, to an account, or altogether: leases are revoked, and nothing is issued or approved until two responders lift it.',
  raise: 'Stop access',
  which: 'Which stops',
  view: { open: 'In force', all: 'All' },
  empty: { open: 'Nothing is stopped', all: 'Nothing was ever stopped' },
  emptyHint:
    'When keys leaked or a session gets out of hand, stop the person, the account or everything here.',
  what: {
    person: 'All access of {{title}}',
    account: 'All access to {{title}}',
    all: 'All access',
  },
  by: 'stopped by',
  liftAskedBy: 'Lifting asked by',
  liftedBy: 'lifted by',
  openLeases_one: '{{count}} lease is still being revoked',
  openLeases_other: '{{count}} leases are still being revoked',
  state: {
    raised: 'In force',
    'lift-asked': 'One of two wants to lift it',
    lifted: 'Lifted',
  },
  raiseTitle: 'Stop access',
  raiseText:
    'Leases are revoked and their live credentials killed as soon as this is written. It takes two responders to lift it; revoked leases stay revoked.',
  reasonHelp: 'What happened. Everybody who is stopped can read it.',
  kind: { person: 'A person', account: 'An account', all: 'Everything' },
  kindLabel: 'What to stop',
  person: 'Person',
  account: 'Account',
  noAccount: 'No account of that name',
  confirmWord: 'stop everything',
  confirmLabel: 'To confirm, type: stop everything',
  confirm: 'Stop access now',
  askLift: 'Ask to lift',
  confirmLift: 'Lift it',
  askLiftTitle: 'Ask to lift this stop?',
  askLiftText:
    'A second responder has to confirm before anything is issued again.',
  confirmLiftTitle: 'Lift this stop?',
  confirmLiftText:
    'Requests, approvals and credentials work again at once. Read why it was stopped, and why it is to be lifted, first.',
  liftHelp: 'Why it is safe again',
  notice: {
    person: 'Incident responders stopped all access of {{title}}',
    account: 'Incident responders stopped all access to {{title}}',
    all: 'Incident responders stopped all access',
  },
  noticeHint:
    'Nothing is issued or approved until two of them lift it. Talk to them if you need access now.',
} as const;
