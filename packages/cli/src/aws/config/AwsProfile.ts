/** A profile of the AWS config file that gets its credentials from this command. */
export interface AwsProfile {
  /** As in `aws --profile`. */
  name: string;
  /** Entity reference of the account. */
  accountRef: string;
  /** What it is for, in words. */
  title: string;
  region?: string;
  /** What `credential-process` is called with. */
  args: string[];
}
