/* eslint-disable no-control-regex -- the backend colours its log */
const COLOUR = /\u001b\[\d+m/g;
/** Where the message of an entry ends and its fields begin. */
const FIELDS = / \u001b\[36m\w+\u001b\[39m=.*$/s;
const TIME = /^\u001b\[2m\d{4}-/;

/** What the backend logs when it cannot work. */
const FAILURES = [
  /Plugin '(?<what>[^']+)' threw an error during startup[^.]*\. (?<why>.+)/s,
  /Module '(?<what>[^']+)' in plugin '[^']+' threw an error during startup[^.]*\. (?<why>.+)/s,
  /Skipping (?<what>\w+) auth provider, (?<why>.+)/s,
  /Unhandled rejection (?<why>.+)/s,
  /^(?:\w*Error): (?<why>.+)/s,
];

/**
 * Reads from the backend's log, line by line, why it cannot start. A plugin that fails leaves the process alive, so
 * that waiting for its end would wait forever.
 */
export class BackendFailures {
  /** Lines of an entry whose end has not come yet: a message may take several. */
  #open = [];

  /**
   * @param {string} line
   * @returns {string | undefined} the reason, with the configuration key where there is one
   */
  read(line) {
    const before = startsEntry(line) ? this.end() : undefined;
    this.#open.push(line);
    return before ?? (this.#isWhole() ? this.end() : undefined);
  }

  /** Takes what was read so far for the whole entry, e.g. when the process has ended. */
  end() {
    const entry = this.#open.join('\n');
    this.#open = [];
    return reasonIn(toMessage(entry));
  }

  #isWhole() {
    const [first] = this.#open;
    return !TIME.test(first) || FIELDS.test(this.#open.at(-1));
  }
}

function startsEntry(line) {
  return TIME.test(line) || line.startsWith('{');
}

function toMessage(entry) {
  if (entry.startsWith('{')) {
    try {
      return String(JSON.parse(entry).message ?? '');
    } catch {
      return entry;
    }
  }
  return entry.replace(FIELDS, '').replace(COLOUR, '').trim();
}

function reasonIn(message) {
  for (const pattern of FAILURES) {
    const groups = pattern.exec(message)?.groups;
    if (groups) {
      return groups.what ? `${groups.what}: ${groups.why}` : groups.why;
    }
  }
  return undefined;
}
