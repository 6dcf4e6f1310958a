import {
  AccountDetail,
  AccountRole,
  Person,
  RouteInput,
} from 'backstage-plugin-break-glass-common';

/** What a person has filled in so far: text only, nothing secret. */
export interface Draft {
  reason: string;
  ticket: string;
  beneficiary?: Person;
  profileId: string;
  parameters: Record<string, string>;
  /** Whole minutes as typed. */
  minutes: string;
  start: 'now' | 'later';
  /** Local date and time as the browser's input gives it. */
  startAt: string;
  /** Activate at once, without an approval. */
  emergency: boolean;
  /** The account's title, typed to confirm that. */
  confirmation: string;
}

/** Fields that can be missing. */
export type DraftField = 'reason' | 'ticket' | 'minutes' | 'startAt' | string;

const HOUR = 60;

/** An empty form for a role: its first profile, and one hour where that is suggested. */
export function emptyDraft(role: AccountRole): Draft {
  const { suggested, min } = role.durationMinutes;
  const minutes = suggested.includes(HOUR) ? HOUR : suggested[0] ?? min;
  return {
    reason: '',
    ticket: '',
    profileId: role.profiles[0]?.id ?? '',
    parameters: {},
    minutes: String(minutes),
    start: 'now',
    startAt: '',
    emergency: false,
    confirmation: '',
  };
}

/** How a lease with the chosen profile may be activated at once; undefined where it may not. */
export function emergencyOf(draft: Draft, role: AccountRole) {
  return role.approvalPolicies.find(({ profileIds }) =>
    profileIds.includes(draft.profileId),
  )?.emergency;
}

/** Body of the preview: fields that are not filled in yet are left out. */
export function previewBody(
  draft: Draft,
  account: AccountDetail,
  role: AccountRole,
): RouteInput<'previewLease'>['body'] {
  const parameters = role.profiles.find(
    p => p.id === draft.profileId,
  )?.parameters;
  return {
    accountRef: account.ref,
    roleId: role.id,
    profileId: draft.profileId,
    profileParameters: Object.fromEntries(
      (parameters ?? [])
        .map(({ name }) => [name, (draft.parameters[name] ?? '').trim()])
        .filter(([, value]) => value !== ''),
    ),
    reason: draft.reason.trim() || undefined,
    ticket: draft.ticket.trim() || undefined,
    beneficiary: draft.beneficiary?.ref,
    durationMinutes: wholeMinutes(draft.minutes),
    startAt: draft.emergency ? undefined : startInstant(draft),
    emergency: draft.emergency
      ? { confirmation: draft.confirmation }
      : undefined,
  };
}

/** Body of the request, or `undefined` while something is missing. */
export function requestBody(
  draft: Draft,
  account: AccountDetail,
  role: AccountRole,
): RouteInput<'requestLease'>['body'] | undefined {
  const body = previewBody(draft, account, role);
  const { reason, durationMinutes } = body;
  if (
    missingFields(draft, account, role).length > 0 ||
    reason === undefined ||
    durationMinutes === undefined
  ) {
    return undefined;
  }
  return { ...body, reason, durationMinutes };
}

/** Names of required fields that are empty: fixed fields first, then parameters. */
export function missingFields(
  draft: Draft,
  account: AccountDetail,
  role: AccountRole,
): DraftField[] {
  const profile = role.profiles.find(p => p.id === draft.profileId);
  return [
    ...(draft.reason.trim() ? [] : ['reason']),
    ...(account.ticket.required && !draft.ticket.trim() ? ['ticket'] : []),
    ...(profile ? [] : ['profile']),
    ...(profile?.parameters ?? [])
      .filter(p => p.required && !draft.parameters[p.name]?.trim())
      .map(p => `parameter:${p.title}`),
    ...(wholeMinutes(draft.minutes) === undefined ? ['minutes'] : []),
    ...(!draft.emergency && draft.start === 'later' && !startInstant(draft)
      ? ['startAt']
      : []),
    ...(draft.emergency && !draft.confirmation.trim() ? ['confirmation'] : []),
  ];
}

function wholeMinutes(text: string): number | undefined {
  return /^[1-9]\d{0,5}$/.test(text.trim()) ? Number(text) : undefined;
}

function startInstant(draft: Draft): string | undefined {
  const at = draft.start === 'later' ? Date.parse(draft.startAt) : NaN;
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}
