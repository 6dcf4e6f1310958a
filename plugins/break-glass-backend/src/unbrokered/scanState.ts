import { agoWords } from '../agoWords';
import { BreakGlassConfig } from '../config/types';
import { Database, Millis } from '../database/types';

const MINUTE = 60_000;
/** Scans that may fail or be late in a row before it is a fault. */
const PATIENCE = 4;

/** How far the logs were looked through for unbrokered use, for the health route. */
export async function scanState(
  database: Pick<Database, 'unbrokered'>,
  config: Pick<BreakGlassConfig, 'unbrokered'>,
  now: Millis,
): Promise<{ ok: boolean; words: string }> {
  const scans = await database.unbrokered.scans();
  if (scans.length === 0) {
    return {
      ok: false,
      words: 'The logs were not looked through for unbrokered use yet.',
    };
  }
  const patience = PATIENCE * config.unbrokered.lookEveryMinutes * MINUTE;
  const states = scans.map(({ name, scannedTo, problem }) => {
    const age = Math.max(0, now - scannedTo);
    const late = age > patience;
    const until = scannedTo
      ? `looked through until ${agoWords(age)}`
      : 'never looked through';
    return {
      ok: !late && problem === undefined,
      words: `${name.replace(/^logs:/, '')}: ${until}.${
        problem ? ` ${problem}` : ''
      }`,
    };
  });
  return {
    ok: states.every(({ ok }) => ok),
    words: states.map(({ words }) => words).join(' '),
  };
}
