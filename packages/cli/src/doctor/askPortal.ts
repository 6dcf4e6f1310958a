import { CliError } from '../CliError';
import type { Context } from '../Context';
import { EXIT } from '../exitCodes';
import { describeError } from '../frame/describeError';
import { fetchPortal } from '../portal/fetchPortal';
import { SignIns } from '../signIn/SignIns';

/** How a portal answered what anybody may ask. */
export interface PortalAnswer {
  portal: string;
  /** Why there is no answer. */
  silence?: string;
  status?: number;
  /** The portal's clock, in milliseconds since 1970; NaN where it says none. */
  date: number;
  /** This machine's clock before and after, in milliseconds since 1970. */
  asked: number;
  answered: number;
}

/**
 * Asks the chosen portal for nothing but a sign of life.
 *
 * @param signal - when to take it for silent
 * @returns undefined where none is chosen
 */
export async function askPortal(
  context: Context,
  signal: AbortSignal,
): Promise<PortalAnswer | undefined> {
  const portal = await new SignIns(context).portal();
  if (!portal) {
    return undefined;
  }
  const asked = context.now();
  try {
    const response = await fetchPortal(
      `${portal}/api/auth/.well-known/openid-configuration`,
      { signal },
    );
    await response.body?.cancel();
    const date = Date.parse(response.headers.get('date') ?? '');
    const { status } = response;
    return { portal, status, date, asked, answered: context.now() };
  } catch (error) {
    const silence = describeError(context, error).message;
    return { portal, silence, date: NaN, asked, answered: context.now() };
  }
}

/** Whether a call failed because the portal does not answer. */
export function isSilence(error: unknown): boolean {
  return error instanceof CliError && error.exitCode === EXIT.unavailable;
}
