/** Answers that are kept of one question; more would be no patterns of profiles any more. */
const MOST = 20_000;

/**
 * Keeps the answers to a question about data that does not change while the
 * process runs. An answer that failed is not kept.
 */
export function remembered<Names extends string[], T>(
  ask: (...names: Names) => Promise<T>,
): (...names: Names) => Promise<T> {
  const answers = new Map<string, Promise<T>>();
  return (...names) => {
    const key = names.join('\n');
    const known = answers.get(key);
    if (known) {
      return known;
    }
    const answer = ask(...names);
    if (answers.size < MOST) {
      answers.set(key, answer);
      answer.catch(() => answers.delete(key));
    }
    return answer;
  };
}
