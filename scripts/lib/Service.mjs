import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';

/** How long a service may take to stop by itself. */
const STOP_WITHIN_MS = 8000;
const TAIL_LINES = 15;

/** One long-running program with everything it starts, its output kept in a log file. */
export class Service {
  #child;
  #log;
  #tail = [];
  #stopping;

  /**
   * @param {{name: string, command: string[], cwd: string, environment: Record<string, string>, logFile: string,
   *   onLine?: (line: string) => void}} options
   */
  constructor({ name, command, cwd, environment, logFile, onLine }) {
    this.name = name;
    this.logFile = logFile;
    mkdirSync(dirname(logFile), { recursive: true });
    this.#log = createWriteStream(logFile);
    this.#child = spawn(command[0], command.slice(1), {
      cwd,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      // A process group of its own, so that stopping reaches what the program itself started.
      detached: true,
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      createInterface({ input: stream }).on('line', line => {
        this.#log.write(`${line}\n`);
        this.#tail = [...this.#tail, line].slice(-TAIL_LINES);
        onLine?.(line);
      });
    }
    /** Settles when the program is gone, with what to tell the person. Never rejects. */
    this.exited = new Promise(resolve => {
      this.#child.once('error', error => resolve(error.message));
      this.#child.once('close', (code, signal) =>
        resolve(
          signal ? `was stopped by ${signal}` : `ended with exit code ${code}`,
        ),
      );
    });
  }

  /** The last lines of output. */
  get tail() {
    return this.#tail.join('\n');
  }

  /** Stops the program and everything it started: politely first, then for good. */
  stop() {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop() {
    this.#signal('SIGTERM');
    const timer = setTimeout(() => this.#signal('SIGKILL'), STOP_WITHIN_MS);
    await this.exited;
    clearTimeout(timer);
    this.#signal('SIGKILL');
    await new Promise(resolve => this.#log.end(resolve));
  }

  #signal(signal) {
    if (this.#child.pid === undefined) {
      return;
    }
    try {
      process.kill(-this.#child.pid, signal);
    } catch (error) {
      if (error.code !== 'ESRCH') {
        throw error;
      }
    }
  }
}
