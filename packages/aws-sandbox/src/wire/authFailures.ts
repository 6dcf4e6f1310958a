import { AwsError } from '../AwsError';

/** Why a call could not be authenticated. */
export type AuthFailure =
  | 'missing'
  | 'unknownKey'
  | 'badToken'
  | 'badSignature'
  | 'skewed'
  | 'expired'
  | 'badBodyHash';

/** The four ways in which AWS services word the same things. */
export type Protocol = 'query' | 's3' | 'json' | 'ec2';

type Wording = [code: string, message: string, status: number];

const SIGNATURE_HINT =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';
const INVALID_TOKEN = 'The security token included in the request is invalid.';
const EXPIRED_TOKEN = 'The security token included in the request is expired';
const EC2_INVALID =
  'AWS was not able to validate the provided access credentials';
const SKEW =
  'Signature expired or not yet valid: the request time is more than 15 minutes off.';

const WORDINGS: Record<Protocol, Record<AuthFailure, Wording>> = {
  query: {
    missing: [
      'MissingAuthenticationToken',
      'Request is missing Authentication Token',
      403,
    ],
    unknownKey: ['InvalidClientTokenId', INVALID_TOKEN, 403],
    badToken: ['InvalidClientTokenId', INVALID_TOKEN, 403],
    badSignature: ['SignatureDoesNotMatch', SIGNATURE_HINT, 403],
    badBodyHash: ['SignatureDoesNotMatch', SIGNATURE_HINT, 403],
    skewed: ['SignatureDoesNotMatch', SKEW, 403],
    expired: ['ExpiredToken', EXPIRED_TOKEN, 403],
  },
  s3: {
    missing: ['AccessDenied', 'Access Denied', 403],
    unknownKey: [
      'InvalidAccessKeyId',
      'The AWS Access Key Id you provided does not exist in our records.',
      403,
    ],
    badToken: [
      'InvalidToken',
      'The provided token is malformed or otherwise invalid.',
      400,
    ],
    badSignature: ['SignatureDoesNotMatch', SIGNATURE_HINT, 403],
    badBodyHash: [
      'XAmzContentSHA256Mismatch',
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
      400,
    ],
    skewed: [
      'RequestTimeTooSkewed',
      'The difference between the request time and the current time is too large.',
      403,
    ],
    expired: ['ExpiredToken', 'The provided token has expired.', 400],
  },
  json: {
    missing: [
      'MissingAuthenticationTokenException',
      'Missing Authentication Token',
      400,
    ],
    unknownKey: ['UnrecognizedClientException', INVALID_TOKEN, 400],
    badToken: ['UnrecognizedClientException', INVALID_TOKEN, 400],
    badSignature: ['InvalidSignatureException', SIGNATURE_HINT, 400],
    badBodyHash: ['InvalidSignatureException', SIGNATURE_HINT, 400],
    skewed: ['InvalidSignatureException', SKEW, 400],
    expired: ['ExpiredTokenException', EXPIRED_TOKEN, 400],
  },
  ec2: {
    missing: [
      'MissingAuthenticationToken',
      'Request is missing Authentication Token',
      403,
    ],
    unknownKey: ['AuthFailure', EC2_INVALID, 401],
    badToken: ['AuthFailure', EC2_INVALID, 401],
    badSignature: ['AuthFailure', EC2_INVALID, 401],
    badBodyHash: ['AuthFailure', EC2_INVALID, 401],
    skewed: ['RequestExpired', 'Request has expired.', 400],
    expired: ['RequestExpired', 'Request has expired.', 400],
  },
};

/** The error with which a service of this protocol answers a failed authentication. */
export function authFailure(
  protocol: Protocol,
  failure: AuthFailure,
): AwsError {
  const [code, message, status] = WORDINGS[protocol][failure];
  return new AwsError(code, message, status);
}
