import type { Context } from '../Context';
import { describeError } from '../frame/describeError';
import { fetchPortal } from '../portal/fetchPortal';
import { SignIns } from '../signIn/SignIns';
import { Finding } from './Check';

/** A skew that matters: leases end by the portal's clock, and AWS refuses requests that are minutes off. */
const MOST_SKEW_MS = 30_000;

/** Whether the portal answers, and what time it has. */
export async function checkPortal(context: Context): Promise<Finding[]> {
  const name = 'Portal';
  const portal = await new SignIns(context).portal();
  if (!portal) {
    return [
      {
        name,
        state: 'problem',
        message: 'None is chosen.',
        next: 'Run: break-glass login --portal https://portal.example.com',
      },
    ];
  }
  try {
    const asked = context.now();
    const response = await fetchPortal(
      `${portal}/api/auth/.well-known/openid-configuration`,
    );
    await response.body?.cancel();
    const answered: Finding = response.ok
      ? { name, state: 'ok', message: `${portal} answers.` }
      : {
          name,
          state: 'problem',
          message: `${portal} answers with ${response.status}.`,
          next: 'Is that the address of its backend?',
        };
    const date = response.headers.get('date') ?? '';
    return [answered, clockFinding(Date.parse(date), asked, context.now())];
  } catch (error) {
    const { message } = describeError(error);
    return [
      { name, state: 'problem', message, next: 'Check network and VPN.' },
    ];
  }
}

/** The header has whole seconds, and the answer took its time. */
function clockFinding(date: number, asked: number, answered: number): Finding {
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
