/** Somebody else has the access key already: AWS gives none twice, so a broker did. */
export class AccessKeyTaken extends Error {
  /** @param holder - who has it, in words: `another session` */
  constructor(
    accessKeyId: string | undefined,
    readonly holder: string = 'another session',
  ) {
    super(`The access key ${accessKeyId} is taken: ${holder} has it already`);
    this.name = 'AccessKeyTaken';
  }
}

/** Whether the database refused a row of `sessions` for that. */
export function isKeyTaken(error: unknown): boolean {
  const { code, constraint, message } = Object(error) as {
    code?: unknown;
    constraint?: unknown;
    message?: unknown;
  };
  return code === '23505'
    ? constraint === 'sessions_one_key'
    : code === 'SQLITE_CONSTRAINT_UNIQUE' &&
        String(message).includes('sessions.access_key_id');
}
