import type {
  AccountDetail,
  AccountRole,
  BreakGlassClient,
  LeaseRequest,
  ProfileSummary,
} from 'backstage-plugin-break-glass-common';
import { CliError } from '../../CliError';
import { Context } from '../../Context';
import { EXIT } from '../../exitCodes';
import { askText, prompts } from '../../frame/ask';
import { inert, line } from '../../frame/inert';
import { findAccount } from '../../portal/findAccount';
import { durationWords, parseDuration } from '../../words/duration';
import { parseStart } from '../../words/instant';
import type { RequestOptions } from '../request';
import { fillParameters } from './fillParameters';

/** A request that is whole, and the title of its account. */
export interface FilledRequest {
  request: LeaseRequest;
  title: string;
}

/**
 * Makes a request of options, and asks for what they leave out.
 *
 * @throws CliError with `usage` where nobody can be asked, or what was typed is not there
 */
export async function fillRequest(
  context: Context,
  client: BreakGlassClient,
  account: string | undefined,
  options: RequestOptions,
): Promise<FilledRequest> {
  const detail = await findAccount(
    context,
    client,
    account ?? (await askText(context, 'Account', 'Which account? Name it.')),
  );
  const role = await chooseRole(context, detail, options.role);
  const profile = await chooseProfile(context, role, options.profile);
  const profileParameters = await fillParameters(
    context,
    profile,
    options.param,
  );
  const reason =
    options.reason ??
    (await askText(context, 'Reason: what, and why', 'Say why: --reason'));
  const ticket = options.ticket ?? (await askTicket(context, detail));
  const durationMinutes = options.duration
    ? parseDuration(options.duration)
    : await askDuration(context, role);
  return {
    title: detail.title,
    request: {
      accountRef: detail.ref,
      roleId: role.id,
      profileId: profile.id,
      profileParameters,
      reason,
      durationMinutes,
      ...(ticket && { ticket }),
      ...(options.for && { beneficiary: personRef(options.for) }),
      ...(options.start && {
        startAt: parseStart(options.start, context.now()),
      }),
    },
  };
}

/** `alice` means `user:default/alice`. */
function personRef(text: string): string {
  return text.includes(':') ? text : `user:default/${text}`;
}

async function askTicket(
  context: Context,
  { ticket }: AccountDetail,
): Promise<string> {
  if (!ticket.required) {
    return '';
  }
  const like = line`such as ${ticket.example}`;
  return askText(
    context,
    `Ticket, ${like}`,
    `Name a ticket, ${like}: --ticket`,
  );
}

async function askDuration(
  context: Context,
  { durationMinutes: { suggested, max } }: AccountRole,
): Promise<number> {
  const limit = durationWords(max);
  const { input } = await prompts(
    context,
    `Say how long, ${limit} at most: --duration`,
  );
  const initial = durationWords(suggested[0] ?? max);
  return parseDuration(
    await input(`How long, ${limit} at most`, { required: true, initial }),
  );
}

async function chooseRole(
  context: Context,
  account: AccountDetail,
  id: string | undefined,
): Promise<AccountRole> {
  const roles = account.roles.filter(({ access }) => access === 'lease');
  const named = roles.find(role => role.id === id);
  if (named) {
    return named;
  }
  const able = roles.filter(({ eligible }) => eligible.allowed);
  if (id) {
    throw new CliError(
      line`This account has no role "${id}" that takes a lease. It has: ${ids(
        roles,
      )}`,
      EXIT.usage,
    );
  }
  if (able.length === 0) {
    throw new CliError(whyNone(account, roles), EXIT.refused);
  }
  return choose(context, 'Role', able, `Say which role: --role`);
}

/** The reasons that the portal gives, by role. */
function whyNone(account: AccountDetail, roles: AccountRole[]): string {
  const problems = account.problems.map(
    ({ message, fix }) => `${message} ${fix}`,
  );
  const reasons = roles.flatMap(({ title, eligible }) =>
    eligible.reasons.map(({ message }) => `${title}: ${message}`),
  );
  const why = [...problems, ...reasons].join(' ');
  return line`You cannot ask for a lease on ${account.title}. ${why}`;
}

async function chooseProfile(
  context: Context,
  role: AccountRole,
  id: string | undefined,
): Promise<ProfileSummary> {
  const named = role.profiles.find(profile => profile.id === id);
  if (named) {
    return named;
  }
  if (id) {
    throw new CliError(
      line`Role ${role.id} has no profile "${id}" here. It has: ${ids(
        role.profiles,
      )}`,
      EXIT.usage,
    );
  }
  return choose(context, 'Profile', role.profiles, 'Say which: --profile');
}

/** The only one, or the one that the person picks. */
async function choose<
  T extends { id: string; title: string; description: string },
>(context: Context, question: string, items: T[], missing: string): Promise<T> {
  if (items.length === 1) {
    return items[0];
  }
  const { select } = await prompts(context, line`${missing}, of ${ids(items)}`);
  return select(
    question,
    items.map(item => ({
      name: inert(`${item.title} - ${item.description}`),
      value: item,
    })),
  );
}

function ids(items: Array<{ id: string }>): string {
  return items.map(({ id }) => id).join(', ');
}
