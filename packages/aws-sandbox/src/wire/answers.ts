import { AwsError } from '../AwsError';
import { Result, Service } from '../services/Operation';
import { Protocol } from './authFailures';
import { WireAnswer } from './WireAnswer';
import { Output, toXml } from './xml';

const XML = 'text/xml; charset=utf-8';
const JSON_1_1 = 'application/x-amz-json-1.1';

const ROOTS: Record<string, string> = {
  ListBuckets: 'ListAllMyBucketsResult',
  ListObjectsV2: 'ListBucketResult',
  GetBucketLocation: 'LocationConstraint',
};

function requestIdHeader(protocol: Protocol, requestId: string) {
  const name = protocol === 's3' ? 'x-amz-request-id' : 'x-amzn-requestid';
  return { [name]: requestId };
}

function successBody(
  service: Service,
  action: string,
  output: { [key: string]: Output },
  requestId: string,
): { contentType: string; body: string } {
  const { xmlns } = service;
  switch (service.protocol) {
    case 'json':
      return { contentType: JSON_1_1, body: JSON.stringify(output) };
    case 's3':
      return {
        contentType: 'application/xml',
        body: toXml(ROOTS[action] ?? `${action}Result`, output, { xmlns }),
      };
    case 'ec2':
      return {
        contentType: XML,
        body: toXml(
          `${action}Response`,
          { requestId, ...output },
          { xmlns, listItem: 'item' },
        ),
      };
    default:
      return {
        contentType: XML,
        body: toXml(
          `${action}Response`,
          {
            [`${action}Result`]: output,
            ResponseMetadata: { RequestId: requestId },
          },
          { xmlns, listItem: 'member' },
        ),
      };
  }
}

/** Puts a result into the words of the service's protocol. */
export function successAnswer(
  service: Service,
  action: string,
  result: Result,
  requestId: string,
): WireAnswer {
  const ids = requestIdHeader(service.protocol, requestId);
  if (result.payload) {
    const { status = 200, headers, body = '' } = result.payload;
    return { status, headers: { ...ids, ...headers }, body };
  }
  const { contentType, body } = successBody(
    service,
    action,
    result.output ?? {},
    requestId,
  );
  return {
    status: 200,
    headers: { ...ids, 'content-type': contentType },
    body,
  };
}

function errorBody(
  protocol: Protocol,
  { code, message, status }: AwsError,
  requestId: string,
): string {
  switch (protocol) {
    case 'json':
      return JSON.stringify({ __type: code, message, Message: message });
    case 's3':
      return toXml('Error', {
        Code: code,
        Message: message,
        RequestId: requestId,
        HostId: requestId,
      });
    case 'ec2':
      return toXml('Response', {
        Errors: { Error: { Code: code, Message: message } },
        RequestID: requestId,
      });
    default:
      return toXml('ErrorResponse', {
        Error: {
          Type: status < 500 ? 'Sender' : 'Receiver',
          Code: code,
          Message: message,
        },
        RequestId: requestId,
      });
  }
}

/** Puts a refusal into the words of a protocol. */
export function errorAnswer(
  protocol: Protocol,
  error: AwsError,
  requestId: string,
): WireAnswer {
  const json = protocol === 'json';
  return {
    status: error.status,
    headers: {
      ...requestIdHeader(protocol, requestId),
      'content-type': json ? JSON_1_1 : XML,
      ...(json && { 'x-amzn-errortype': error.code }),
    },
    body: errorBody(protocol, error, requestId),
  };
}
