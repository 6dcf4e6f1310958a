import { BreakGlassConfig } from '../config/types';
import { OutboxMessage, UnbrokeredRow } from '../database/types';

type Notification = Extract<OutboxMessage, { kind: 'notification' }>;
/** What of a use goes into messages. */
export type ToldUse = Pick<
  UnbrokeredRow,
  'id' | 'accountTitle' | 'owner' | 'state'
>;

/** Path of a use in the portal. Links only lead to a page; they decide nothing (I12). */
export function usePath(id: string): string {
  return `/break-glass/unbrokered/${id}`;
}

/** Tells open pages that a use changed. */
export function useSignal(id: string): OutboxMessage {
  return { kind: 'signal', unbrokeredId: id };
}

function notice(
  use: Pick<ToldUse, 'id'>,
  recipients: Array<string | undefined>,
  what: Pick<Notification, 'title' | 'description' | 'severity'>,
  about: string,
): OutboxMessage[] {
  const named = recipients.filter((ref): ref is string => ref !== undefined);
  if (!named.length) {
    return [];
  }
  return [
    {
      kind: 'notification',
      recipients: [...new Set(named)],
      ...what,
      link: usePath(use.id),
      topic: 'break-glass',
      scope: `break-glass:unbrokered:${use.id}:${about}`,
    },
  ];
}

/** Everything that is told of a use. No foreign text goes into a notification (pitfall 32). */
export const useMessages = {
  /** The alarm, to those who respond and to who has to explain it. */
  found: (
    config: Pick<BreakGlassConfig, 'responders'>,
    use: ToldUse,
    what: string,
  ) => [
    ...notice(
      use,
      [...refsOf(config.responders), use.owner],
      {
        title: `Unbrokered use of ${use.accountTitle}`,
        description: `${what} Open it to see what was done, and say why.`,
        severity: 'critical',
      },
      'found',
    ),
    useSignal(use.id),
  ],
  /** In the place of further alarms of one flood. */
  more: (
    config: Pick<BreakGlassConfig, 'responders'>,
    use: ToldUse,
  ): OutboxMessage[] => [
    ...notice(
      use,
      refsOf(config.responders),
      {
        title: 'More unbrokered uses were found',
        description:
          'There are more than are told one by one. Open the list of unbrokered uses to see all.',
        severity: 'critical',
      },
      'more',
    ),
    useSignal(use.id),
  ],
  assigned: (use: ToldUse, by: string) => [
    ...notice(
      use,
      [use.owner],
      {
        title: `${by} asks you to explain an unbrokered use of ${use.accountTitle}`,
        description: 'Open it to see what was done, and say why.',
        severity: 'high',
      },
      'assigned',
    ),
    useSignal(use.id),
  ],
  justified: (config: Pick<BreakGlassConfig, 'reviewers'>, use: ToldUse) => [
    ...notice(
      use,
      refsOf(config.reviewers),
      {
        title: `An unbrokered use of ${use.accountTitle} is ready for review`,
        description: 'It was explained. Open it to judge.',
        severity: 'normal',
      },
      'justified',
    ),
    useSignal(use.id),
  ],
  reviewed: (use: ToldUse, verdict: 'accepted' | 'flagged') => [
    ...notice(
      use,
      [use.owner],
      {
        title: `An unbrokered use of ${use.accountTitle} was ${
          verdict === 'flagged' ? 'flagged in review' : 'reviewed and accepted'
        }`,
        description: 'Open it to read the comment.',
        severity: verdict === 'flagged' ? 'high' : 'low',
      },
      'reviewed',
    ),
    useSignal(use.id),
  ],
  due: (
    config: Pick<BreakGlassConfig, 'reviewers'>,
    use: ToldUse,
    overdue: boolean,
  ) =>
    notice(
      use,
      use.state === 'open' ? [use.owner] : refsOf(config.reviewers),
      {
        title: `An unbrokered use of ${use.accountTitle} ${
          overdue ? 'is overdue' : 'is due soon'
        }`,
        description:
          use.state === 'open'
            ? 'Nobody explained it yet. Open it and say why it was.'
            : 'It was explained and waits for its review.',
        severity: overdue ? 'high' : 'normal',
      },
      'due',
    ),
  escalated: (config: Pick<BreakGlassConfig, 'unbrokered'>, use: ToldUse) =>
    notice(
      use,
      refsOf(config.unbrokered.escalateTo),
      {
        title: `An unbrokered use of ${use.accountTitle} stays undone`,
        description:
          use.state === 'open'
            ? 'It is overdue, and nobody explained it. Open it to see who has to, or name somebody else.'
            : 'It is overdue, and nobody reviewed it.',
        severity: 'high',
      },
      'escalated',
    ),
};

function refsOf(principals: { groups: string[]; users: string[] }): string[] {
  return [...principals.groups, ...principals.users];
}
