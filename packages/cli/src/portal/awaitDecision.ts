import type {
  BreakGlassClient,
  LeaseDetail,
} from 'backstage-plugin-break-glass-common';
import { CliError } from '../CliError';
import { Context } from '../Context';
import { EXIT } from '../exitCodes';
import { line } from '../frame/inert';
import { note } from '../frame/output';
import { standing, stepWords } from '../words/leaseWords';

/** A decision takes minutes: looked for often at first, then twice a minute. */
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 30_000;
const GROWTH = 1.5;

/** Ends by itself: a request lapses. This is for a portal that stays away. */
const FAILURES_IN_A_ROW = 20;

const WAITING = 'Waiting. Ctrl-C stops the waiting, not the request.';

/**
 * Waits until a request is decided, taken back, or lapses.
 *
 * @throws CliError with `unavailable` where the portal stays away for minutes
 */
export async function awaitDecision(
  context: Context,
  client: BreakGlassClient,
  asked: LeaseDetail,
): Promise<LeaseDetail> {
  const waits = (lease: LeaseDetail) => lease.status === 'pending';
  if (waits(asked)) {
    note(context, WAITING);
    note(context, stepWords(asked).join('\n'));
  }
  return awaitWhile(context, client, asked, waits);
}

/**
 * Waits until it is decided whether a lease gets more time; it lapses with its lease.
 *
 * @throws CliError with `unavailable` where the portal stays away for minutes
 */
export async function awaitExtension(
  context: Context,
  client: BreakGlassClient,
  asked: LeaseDetail,
  extensionId: string,
): Promise<LeaseDetail> {
  const waits = ({ extensions }: LeaseDetail) =>
    extensions.some(
      ({ id, status }) => id === extensionId && status === 'pending',
    );
  if (waits(asked)) {
    note(context, WAITING);
  }
  return awaitWhile(context, client, asked, waits);
}

async function awaitWhile(
  context: Context,
  client: BreakGlassClient,
  asked: LeaseDetail,
  waits: (lease: LeaseDetail) => boolean,
): Promise<LeaseDetail> {
  let lease = asked;
  let pause = FIRST_PAUSE_MS;
  let failures = 0;
  while (waits(lease)) {
    await delay(pause);
    pause = Math.min(pause * GROWTH, LONGEST_PAUSE_MS);
    try {
      const next = await client.call('getLease', { params: { id: lease.id } });
      failures = 0;
      if (next.version !== lease.version) {
        note(
          context,
          line`Lease ${next.id} is ${standing(next, context.now())}.`,
        );
      }
      lease = next;
    } catch (error) {
      failures += 1;
      if (!isPassing(error) || failures === FAILURES_IN_A_ROW) throw error;
    }
  }
  return lease;
}

function isPassing(error: unknown): boolean {
  const { statusCode } = Object(error) as { statusCode?: number };
  return error instanceof CliError
    ? error.exitCode === EXIT.unavailable
    : [429, 502, 503, 504].includes(statusCode ?? 0);
}

function delay(milliseconds: number): Promise<void> {
  return new Promise(resolve => {
    setTimeout(resolve, milliseconds);
  });
}
