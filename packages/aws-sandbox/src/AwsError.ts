/** An answer of AWS that refuses a call, before it is put into a protocol's words. */
export class AwsError extends Error {
  /**
   * @param code - the error code as clients of this service see it
   * @param message - one sentence
   * @param status - the HTTP status
   * @param recordCode - the code in the CloudTrail record where it differs from `code`
   */
  constructor(
    readonly code: string,
    message: string,
    readonly status: number = 400,
    readonly recordCode: string = code,
  ) {
    super(message);
    this.name = 'AwsError';
  }
}
