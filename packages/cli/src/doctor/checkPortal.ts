import type { Context } from '../Context';
import { PortalAnswer } from './askPortal';
import { Finding, Round } from './Check';

/** A skew that matters: leases end by the portal's clock, and AWS refuses requests that are minutes off. */
const MOST_SKEW_MS = 30_000;

/** Whether the portal answers, and what time it has. */
export async function checkPortal(
  _: Context,
  round: Round,
): Promise<Finding[]> {
  const name = 'Portal';
  const answer = await round.portal;
  if (!answer) {
    return [
      {
        name,
        state: 'problem',
        message: 'None is chosen.',
        next: 'Run: break-glass login --portal https://portal.example.com',
      },
    ];
  }
  const { portal, silence, status = 0 } = answer;
  if (silence) {
    return [
      {
        name,
        state: 'problem',
        message: silence,
        next: 'Check network and VPN.',
      },
    ];
  }
  const answered: Finding =
    status >= 200 && status < 300
      ? { name, state: 'ok', message: `${portal} answers.` }
      : {
          name,
          state: 'problem',
          message: `${portal} answers with ${status}.`,
          next: 'Is that the address of its backend?',
        };
  return [answered, clockFinding(answer)];
}

/** The header has whole seconds, and the answer took its time. */
function clockFinding({ date, asked, answered }: PortalAnswer): Finding {
  const name = 'Clock';
  if (Number.isNaN(date)) {
    return { name, state: 'unknown', message: 'The portal says no time.' };
  }
  const skew = Math.max(asked - date - 1_000, date - answered, 0);
  return skew > MOST_SKEW_MS
    ? {
        name,
        state: 'problem',
        message: `This machine and the portal are ${Math.round(
          skew / 1000,
        )} s apart.`,
        next: 'Set its clock (NTP).',
      }
    : { name, state: 'ok', message: 'It agrees with the portal’s.' };
}
