import { join } from 'node:path';
import { BackendFailures } from './BackendFailures.mjs';
import { Service } from './Service.mjs';
import { untilReady } from './untilReady.mjs';

const READY_WITHIN_MS = 120_000;

/** The programs of one demo, and the first reason why it cannot go on. */
export class PortalRun {
  #services = [];
  #failure = new AbortController();
  #environment;
  #logDirectory;
  #onReady;
  #signal;
  #stopping = false;

  constructor(environment, logDirectory, { onReady, signal }) {
    this.#environment = environment;
    this.#logDirectory = logDirectory;
    this.#onReady = onReady;
    this.#signal = AbortSignal.any(
      [this.#failure.signal, signal].filter(Boolean),
    );
    this.ended = new Promise(resolve => {
      this.#failure.signal.addEventListener('abort', () =>
        resolve(this.#failure.signal.reason.message),
      );
    });
  }

  /** Backend and page start together; each earlier program must answer before the next starts. */
  async start(services) {
    const together = services.findIndex(({ name }) => name === 'backend');
    for (const service of services.slice(0, together)) {
      await this.#startOne(service);
    }
    await Promise.all(
      services.slice(together).map(service => this.#startOne(service)),
    );
  }

  async stop() {
    this.#stopping = true;
    await Promise.all(this.#services.map(service => service.stop()));
  }

  async #startOne(description) {
    this.#signal.throwIfAborted();
    let ready = false;
    this.#launch(description, () => ready);
    await untilReady(description.readyAt, {
      withinMs: READY_WITHIN_MS,
      anyStatus: description.anyStatus,
      signal: this.#signal,
    });
    ready = true;
    this.#onReady?.(description);
  }

  #launch(description, isReady) {
    const { name, title } = description;
    const failures = new BackendFailures();
    const failOn = reason => {
      if (name === 'backend' && reason && !isReady()) {
        this.#fail(`${title} cannot start. ${reason}`);
      }
    };
    const service = new Service({
      ...description,
      environment: this.#environment,
      logFile: join(this.#logDirectory, `${name}.log`),
      onLine: line => failOn(failures.read(line)),
    });
    service.exited.then(how => {
      failOn(failures.end());
      this.#fail(
        `${title} ${how}. Its last lines (all in ${service.logFile}):\n${service.tail}`,
      );
    });
    this.#services.push(service);
  }

  #fail(message) {
    if (!this.#stopping && !this.#failure.signal.aborted) {
      this.#failure.abort(new Error(message));
    }
  }
}
