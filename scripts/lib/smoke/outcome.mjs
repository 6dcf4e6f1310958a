const REFUSED =
  /^(AccessDenied(Exception)?|UnauthorizedOperation|Client\.UnauthorizedOperation)$/;

/** It is as it should be. */
export const ok = words => ({ result: 'ok', words });
/** It is not; `next` says what to do. */
export const failed = (words, next) => ({ result: 'failed', words, next });
/** It could not be found out; `next` says how it can. */
export const cannotSay = (words, next) => ({
  result: 'cannot say',
  words,
  next,
});

/**
 * What became of a call: `done`, `refused`, or the name of another error. Messages of AWS are looked at, never shown.
 *
 * @param {Promise<unknown>} call
 */
export async function outcomeOf(call) {
  try {
    await call;
    return { was: 'done', explicitInBoundary: false };
  } catch (error) {
    return {
      was: REFUSED.test(error.name) ? 'refused' : error.name,
      explicitInBoundary: /explicit deny in a permissions boundary/.test(
        error.message,
      ),
    };
  }
}
