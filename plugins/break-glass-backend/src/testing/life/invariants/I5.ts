import { Row } from '../Snapshot';
import { StepView } from '../StepView';

type Counts = Record<string, number>;

const REVIEWED = ['expired', 'ended', 'revoked'];
const count = <T>(items: Iterable<T>, is: (item: T) => boolean) =>
  [...items].filter(is).length;

/** I5: every state has the audit entries and the messages that belong to it, and no other; whatever crashed. */
export function I5({ after }: StepView): string[] {
  const problems: string[] = [];
  for (const lease of after.leases.values()) {
    const expected = {
      ...entriesOf(after, lease),
      ...messagesOf(after, lease),
    };
    const found = { ...foundEntries(lease), ...foundMessages(lease) };
    for (const [what, wanted] of Object.entries(expected)) {
      const there = found[what] ?? 0;
      if (there !== wanted) {
        problems.push(
          `I5: lease ${lease.id}, ${lease.status}, has ${there} of ${wanted}: ${what}`,
        );
      }
    }
  }
  for (const panic of after.panics.values()) {
    const entries = after.audit.filter(({ details }) =>
      details.includes(`"panicId":"${panic.id}"`),
    );
    const wanted: Counts = {
      'panic.raise': 1,
      'panic.ask-lift': Number(panic.lift_asked_by !== null),
      'panic.lift': Number(panic.lifted_by !== null),
    };
    for (const [action, times] of Object.entries(wanted)) {
      const there = count(
        entries,
        each => each.action === action && each.outcome === 'done',
      );
      if (there !== times) {
        problems.push(`I5: panic ${panic.id} has ${there} of ${action}`);
      }
    }
    const told = count(
      after.outbox,
      ({ message }) => message.panicId === panic.id,
    );
    if (told !== 1) {
      problems.push(`I5: panic ${panic.id} has ${told} messages`);
    }
  }
  return problems;

  function foundEntries(lease: Row): Counts {
    const mine = [
      ...after.audit
        .filter(each => each.lease_id === lease.id)
        .filter(({ outcome }) => outcome !== 'refused'),
      ...after.spooled.filter(each => each.leaseId === lease.id),
    ];
    return tally(mine.map(({ action }) => `entry ${action}`));
  }

  function foundMessages(lease: Row): Counts {
    return tally(
      after.outbox.flatMap(({ message }) => {
        if (message.leaseId === lease.id && message.kind !== 'signal') {
          return [`message ${message.kind}`];
        }
        return message.scope === `break-glass:${lease.id}`
          ? [`message ${titleOf(message.title)}`]
          : [];
      }),
    );
  }
}

function tally(words: string[]): Counts {
  const counts: Counts = {};
  words.forEach(word => {
    counts[word] = (counts[word] ?? 0) + 1;
  });
  return counts;
}

/** What a notification is about. */
function titleOf(title: string): string {
  const found =
    /is approved|was rejected|lapsed|was revoked|has ended|Emergency/;
  return found.exec(title)?.[0] ?? title;
}

function entriesOf(after: StepView['after'], lease: Row): Counts {
  const mine = (row: Row) => row.lease_id === lease.id;
  const sessions = [...after.sessions.values()].filter(mine);
  const extensions = [...after.extensions.values()].filter(mine);
  const state = (name: string) => count(sessions, row => row.state === name);
  const reviews = after.reviews.filter(mine);
  const status = (name: string) => Number(lease.status === name);
  return {
    'entry lease.request': 1,
    'entry lease.emergency': Number(lease.approval_kind === 'emergency'),
    'entry lease.decide': count(after.decisions, mine),
    'entry lease.cancel': status('cancelled'),
    'entry lease.lapse': status('lapsed'),
    'entry lease.end': status('ended'),
    'entry lease.revoke': status('revoked'),
    'entry lease.expire': status('expired'),
    'entry lease.extend': extensions.length,
    'entry lease.extension-decide': count(after.extensionDecisions, mine),
    'entry lease.extension-cancel': count(
      extensions,
      row => row.status === 'cancelled',
    ),
    'entry lease.issuing-stopped': Number(lease.issuing_stopped !== null),
    'entry session.issuing': sessions.length,
    'entry session.issued': state('issued'),
    'entry session.discarded': state('discarded'),
    'entry session.issue': state('refused'),
    'entry review.accepted': count(reviews, row => row.verdict === 'accepted'),
    'entry review.flagged': count(reviews, row => row.verdict === 'flagged'),
  };
}

function messagesOf(after: StepView['after'], lease: Row): Counts {
  const { status } = lease;
  const discarded = count(
    after.sessions.values(),
    row => row.lease_id === lease.id && row.state === 'discarded',
  );
  const killed = status === 'ended' || status === 'revoked';
  return {
    'message kill': Number(killed) + discarded,
    'message collect': Number(REVIEWED.includes(status)),
    'message is approved': Number(
      lease.approval_kind === 'people' && lease.active_from !== null,
    ),
    'message was rejected': Number(status === 'rejected'),
    'message lapsed': Number(status === 'lapsed'),
    'message was revoked': Number(status === 'revoked'),
    'message has ended': Number(status === 'expired'),
    'message Emergency': Number(lease.approval_kind === 'emergency'),
  };
}
