/**
 * The condition keys of one call.
 * A key the sandbox does not know at all is different from a known key that this call does not carry:
 * the first fails closed, the second follows AWS's rules for absent keys.
 */
export class RequestContext {
  private readonly values = new Map<string, string[]>();

  private static readonly known = new Set(
    [
      'aws:CurrentTime',
      'aws:EpochTime',
      'aws:TokenIssueTime',
      'aws:SourceIdentity',
      'aws:userid',
      'aws:username',
      'aws:PrincipalArn',
      'aws:PrincipalAccount',
      'aws:PrincipalType',
      'aws:RequestedRegion',
      'aws:ResourceAccount',
      'aws:SourceIp',
      'aws:SecureTransport',
      'aws:UserAgent',
      'aws:MultiFactorAuthPresent',
      'aws:ViaAWSService',
      'aws:TagKeys',
      'sts:ExternalId',
      'sts:RoleSessionName',
      'sts:SourceIdentity',
      'sts:TransitiveTagKeys',
      'iam:PolicyARN',
      'iam:PermissionsBoundary',
      's3:prefix',
      's3:delimiter',
    ].map(key => key.toLowerCase()),
  );

  private static readonly knownPrefixes = [
    'aws:principaltag/',
    'aws:requesttag/',
  ];

  /** Sets a key; `undefined` leaves it absent. */
  set(key: string, value: string | string[] | undefined): this {
    if (value !== undefined) {
      this.values.set(
        key.toLowerCase(),
        Array.isArray(value) ? value : [value],
      );
    }
    return this;
  }

  /** The values of a key in lower case, or undefined where this call does not carry it. */
  get(key: string): string[] | undefined {
    return this.values.get(key);
  }

  /** Whether the sandbox knows what the key means. */
  isKnown(key: string): boolean {
    return (
      this.values.has(key) ||
      RequestContext.known.has(key) ||
      RequestContext.knownPrefixes.some(prefix => key.startsWith(prefix))
    );
  }

  /** A copy with more keys. */
  with(extra: Record<string, string | string[] | undefined> = {}) {
    const copy = new RequestContext();
    for (const [key, value] of this.values) copy.values.set(key, value);
    for (const [key, value] of Object.entries(extra)) copy.set(key, value);
    return copy;
  }
}
