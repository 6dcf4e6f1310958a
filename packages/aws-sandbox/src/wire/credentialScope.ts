/** What the `Authorization` header of a SigV4 request says. */
export interface CredentialScope {
  accessKeyId: string;
  /** `YYYYMMDD`. */
  date: string;
  region: string;
  service: string;
  signedHeaders: string[];
  signature: string;
}

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 +Credential=([A-Za-z0-9]{16,128})\/(\d{8})\/([a-z0-9-]{1,32})\/([a-z0-9-]{1,32})\/aws4_request, *SignedHeaders=([a-z0-9;_-]+), *Signature=([0-9a-f]{64})$/;

/** Parses an `Authorization` header; undefined where it is missing or malformed. */
export function parseCredentialScope(
  header: string | undefined,
): CredentialScope | undefined {
  const match = AUTHORIZATION.exec(header ?? '');
  return match
    ? {
        accessKeyId: match[1],
        date: match[2],
        region: match[3],
        service: match[4],
        signedHeaders: match[5].split(';'),
        signature: match[6],
      }
    : undefined;
}
