import { awsErrorName, failureKind } from './awsFailure';

const failure = (name: string, httpStatusCode?: number) =>
  Object.assign(new Error('text of AWS'), {
    name,
    $metadata: { httpStatusCode },
  });

describe('failureKind', () => {
  it.each([
    ['ThrottlingException', 400, 'throttled'],
    ['ExpiredTokenException', 400, 'expired'],
    ['AccessDeniedException', 400, 'denied'],
    ['AccessDenied', 403, 'denied'],
    ['UnrecognizedClientException', 400, 'region-off'],
    ['InvalidTimeRangeException', 400, 'refused'],
    ['InternalFailure', 500, 'down'],
    ['TimeoutError', undefined, 'down'],
  ])('%s with the status %s is %s', (name, status, kind) => {
    expect(failureKind(failure(name, status))).toBe(kind);
  });

  it('takes what is no error of AWS for no answer', () => {
    expect(failureKind(undefined)).toBe('down');
  });
});

describe('awsErrorName', () => {
  it('says the name, or the code of the network', () => {
    expect(awsErrorName(failure('AccessDenied'))).toBe('AccessDenied');
    const refused = Object.assign(new Error('x'), { code: 'ECONNREFUSED' });
    expect(awsErrorName(refused)).toBe('ECONNREFUSED');
  });

  it.each(['Odd<Name>', 'a b', '', 'x'.repeat(65), 'line\nend'])(
    'pitfall 32: hands no odd name on: %j',
    name => {
      expect(awsErrorName(failure(name))).toBe('unknown');
    },
  );
});
