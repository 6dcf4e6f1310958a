/** Ends the command with a code, after everything was said: nothing more is printed. */
export class Exit extends Error {
  constructor(
    /** 0 to 255. */
    readonly exitCode: number,
  ) {
    super(`ends with ${exitCode}`);
    this.name = 'Exit';
  }
}
