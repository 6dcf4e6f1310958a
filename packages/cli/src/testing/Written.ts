import { Writable } from 'node:stream';

/** Keeps what was written. */
export class Written extends Writable {
  text = '';
  unanswered = '';
  onText: (unanswered: string) => void = () => {};

  constructor(readonly isTTY: boolean) {
    super({ decodeStrings: false });
  }

  override _write(
    chunk: string | Buffer,
    _: BufferEncoding,
    done: () => void,
  ): void {
    this.text += chunk;
    this.unanswered += chunk;
    this.onText(this.unanswered);
    done();
  }

  /** Like the streams of a process, it outlives what is piped into it. */
  override end(): this {
    return this;
  }
}
