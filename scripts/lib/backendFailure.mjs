/* eslint-disable no-control-regex -- the backend colours its log */
const COLOUR = /\u001b\[\d+m/g;
/** Where the message ends and the fields of a log line begin. */
const FIELDS = / \u001b\[36m\w+\u001b\[39m=.*$/s;

/** What a log line says when the backend cannot work, most telling first. */
const FAILURES = [
  /Plugin '(?<what>[^']+)' threw an error during startup[^.]*\. (?<why>.+)/s,
  /Module '(?<what>[^']+)' in plugin '[^']+' threw an error during startup[^.]*\. (?<why>.+)/s,
  /Skipping (?<what>\w+) auth provider, (?<why>.+)/s,
  /Unhandled rejection (?<why>.+)/s,
  /^(?:\w*Error): (?<why>.+)/s,
];

/**
 * Reads from one line of the backend's log why it cannot start. A plugin that fails leaves the process alive, so
 * that waiting for its end would wait forever.
 *
 * @param {string} line
 * @returns {string | undefined} the reason, with the configuration key where there is one
 */
export function backendFailure(line) {
  const message = toMessage(line);
  for (const pattern of FAILURES) {
    const groups = pattern.exec(message)?.groups;
    if (groups) {
      return groups.what ? `${groups.what}: ${groups.why}` : groups.why;
    }
  }
  return undefined;
}

function toMessage(line) {
  if (line.startsWith('{')) {
    try {
      return String(JSON.parse(line).message ?? '');
    } catch {
      return line;
    }
  }
  return line.replace(FIELDS, '').replace(COLOUR, '').trim();
}
