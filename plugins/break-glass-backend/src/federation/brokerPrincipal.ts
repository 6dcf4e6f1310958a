const SESSION = /^arn:([a-z-]+):sts::([0-9]{12}):assumed-role\/([\w+=,.@-]+)\//;

/**
 * Whom trust policies have to name for the broker. STS leaves the path of a role
 * out: where it has one, the configuration says its ARN. Pure.
 *
 * @param identity - ARN of `sts:GetCallerIdentity`
 * @param configured - `partitions.<p>.brokerArn`
 */
export function brokerPrincipal(
  identity: string | undefined,
  configured: string | undefined,
): string | undefined {
  if (configured) {
    return configured;
  }
  const session = SESSION.exec(identity ?? '');
  return session
    ? `arn:${session[1]}:iam::${session[2]}:role/${session[3]}`
    : identity;
}
