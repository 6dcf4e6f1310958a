/** An instant as CloudTrail writes it: whole seconds, UTC. */
export function recordTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

const LONG = new Intl.DateTimeFormat('en-US', {
  timeZone: 'UTC',
  dateStyle: 'medium',
  timeStyle: 'medium',
});

/** An instant inside request and response elements: `Oct 2, 2026, 11:12:29 PM`, UTC. */
export function elementTime(ms: number): string {
  // Newer ICU data puts a narrow no-break space before AM and PM; AWS writes a plain one.
  return LONG.format(ms).replace(/[\u202f\u00a0]/g, ' ');
}
