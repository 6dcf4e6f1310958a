import { fork } from 'child_process';

type Calls<T> = {
  [K in keyof T]: (input: any) => Promise<unknown>;
};

interface Question {
  id: number;
  name: string;
  input: unknown;
}

interface Answer {
  id: number;
  value?: unknown;
  error?: string;
}

/** A process that answers questions, and how to end it. */
export type Asked<T> = T & { end(): void };

/** Starts a module beside this one in a process of its own. */
export function start<T extends Calls<T>>(
  modulePath: string,
  names: Array<keyof T & string>,
): Asked<T> {
  const child = fork(modulePath, {
    execArgv: ['--require', '@backstage/cli/config/nodeTransform.cjs'],
  });
  const waiting = new Map<
    number,
    { resolve: (value: unknown) => void; reject: (error: Error) => void }
  >();
  let last = 0;
  child.on('message', ({ id, value, error }: Answer) => {
    const one = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) one?.resolve(value);
    else one?.reject(new Error(error));
  });
  child.once('exit', code =>
    waiting.forEach(({ reject }) =>
      reject(new Error(`${modulePath} ended with ${code}`)),
    ),
  );
  const ask = (name: string) => (input: unknown) =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject });
      child.send({ id: last, name, input } satisfies Question);
    });
  return {
    ...Object.fromEntries(names.map(name => [name, ask(name)])),
    end: () => child.kill(),
  } as unknown as Asked<T>;
}

/** Answers the parent's questions, one process each. */
export function answering<T extends Calls<T>>(calls: T): void {
  process.on('message', ({ id, name, input }: Question) => {
    calls[name as keyof T](input).then(
      value => process.send!({ id, value } satisfies Answer),
      error => process.send!({ id, error: String(error) } satisfies Answer),
    );
  });
}
