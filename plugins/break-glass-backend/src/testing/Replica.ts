import { ChildProcess, spawn } from 'child_process';
import { createInterface } from 'readline';
import {
  BreakGlassClient,
  errorCodeOf,
  RouteInput,
  RouteName,
  RouteOutput,
} from 'backstage-plugin-break-glass-common';
import { tokenOf } from './startTestPortal';

/** What a call came to. */
export type Answer<N extends RouteName> =
  | { done: RouteOutput<N> }
  | { refused: string };

/** A backend in a process of its own, on a database that others use, too. */
export class Replica {
  private readonly waiting = new Map<number, () => void>();
  private count = 0;

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  /**
   * Starts one.
   * @param folder - for what replicas share beside the database
   * @throws Error with what it wrote, where it does not come up
   */
  static async start(connection: string, folder: string): Promise<Replica> {
    const child = spawn(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        require.resolve('./runReplica.ts'),
        connection,
        folder,
      ],
      { stdio: ['pipe', 'pipe', 'pipe'] },
    );
    let errors = '';
    child.stderr!.on('data', data => {
      errors += data;
    });
    return new Promise((resolve, reject) => {
      let replica: Replica | undefined;
      createInterface({ input: child.stdout! }).on('line', line => {
        if (!line.startsWith('replica ')) {
          return;
        }
        const said = JSON.parse(line.slice('replica '.length));
        if (said.url) {
          replica = new Replica(child, said.url);
          resolve(replica);
        } else {
          replica?.waiting.get(said.id)?.();
        }
      });
      child.once('exit', code =>
        reject(new Error(`The replica ended with ${code}: ${errors}`)),
      );
    });
  }

  /** Sets its clock, in epoch milliseconds. */
  setClock(at: number): Promise<void> {
    return this.tell({ setClock: at });
  }

  /** Runs a task of its schedule. */
  runTask(name: string): Promise<void> {
    return this.tell({ runTask: name });
  }

  /** Calls a route as a person. */
  async as<N extends RouteName>(
    person: string,
    name: N,
    input: RouteInput<N>,
  ): Promise<RouteOutput<N>> {
    const client = new BreakGlassClient({
      baseUrl: async () => this.url,
      fetch: (address, init) =>
        fetch(address, {
          ...init,
          headers: {
            ...init?.headers,
            Authorization: `Bearer ${tokenOf(person)}`,
          },
        }),
    });
    return client.call(name, input);
  }

  /** The same; a refusal is an answer. */
  async ask<N extends RouteName>(
    person: string,
    name: N,
    input: RouteInput<N>,
  ): Promise<Answer<N>> {
    try {
      return { done: await this.as(person, name, input) };
    } catch (error) {
      const refused = errorCodeOf(error);
      if (!refused) {
        throw error;
      }
      return { refused };
    }
  }

  /** Ends it as a crash does. */
  async kill(): Promise<void> {
    const ended = new Promise(resolve => {
      this.child.once('exit', resolve);
    });
    this.child.kill('SIGKILL');
    await ended;
  }

  private tell(what: object): Promise<void> {
    this.count += 1;
    const id = this.count;
    return new Promise(resolve => {
      this.waiting.set(id, () => {
        this.waiting.delete(id);
        resolve();
      });
      this.child.stdin!.write(`${JSON.stringify({ id, ...what })}\n`);
    });
  }
}
