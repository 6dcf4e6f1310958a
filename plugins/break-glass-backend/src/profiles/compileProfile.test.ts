import fc from 'fast-check';
import { aProfile, anAwsAccount } from '../testing/profiles';
import { compileProfile } from './compileProfile';
import { sessionPolicy } from './sessionPolicy';

const compile = (
  values: Record<string, string>,
  change: Parameters<typeof aProfile>[0] = {},
) => compileProfile(aProfile(change), anAwsAccount, values);

describe('compileProfile', () => {
  it('fills account and parameters in', () => {
    const compiled = compile(
      { bucket: 'payroll-reports' },
      {
        consolePath: '/s3/buckets/${bucket}',
        managedPolicyArns: [
          'arn:${partition}:iam::aws:policy/Z',
          'arn:${partition}:iam::${accountId}:policy/A',
        ],
      },
    );

    expect(compiled).toEqual({
      id: 'unlock-bucket',
      title: 'Unlock a bucket',
      statements: [
        {
          Effect: 'Allow',
          Action: ['s3:GetBucketPolicy', 's3:PutBucketPolicy'],
          Resource: 'arn:aws:s3:::payroll-reports',
        },
      ],
      managedPolicyArns: [
        'arn:aws:iam::111122223333:policy/A',
        'arn:aws:iam::aws:policy/Z',
      ],
      parameters: { bucket: 'payroll-reports' },
      chaining: false,
      residueReviewed: false,
      consolePath: '/s3/buckets/payroll-reports',
    });
  });

  it('fills lists, NotResource and conditions, and leaves AWS’ own variables alone', () => {
    const [statement] = compile(
      { bucket: 'b-1' },
      {
        statements: [
          {
            Effect: 'Deny',
            NotAction: 's3:*',
            NotResource: ['arn:aws:s3:::${bucket}', '${aws:username}/${*}'],
            Condition: {
              StringLike: { 's3:prefix': ['${bucket}/', '${accountId}'] },
            },
          },
        ],
      },
    ).statements;

    expect(statement).toEqual({
      Effect: 'Deny',
      NotAction: 's3:*',
      NotResource: ['arn:aws:s3:::b-1', '${aws:username}/${*}'],
      Condition: { StringLike: { 's3:prefix': ['b-1/', '111122223333'] } },
    });
  });

  it('I2: gives the same for the same, in whatever order parameters come', () => {
    const two = {
      parameters: ['a', 'b'].map(name => ({
        ...aProfile().parameters[0],
        name,
      })),
      statements: [
        { Effect: 'Allow' as const, Action: 's3:*', Resource: '${a}${b}' },
      ],
    };

    expect(JSON.stringify(compile({ b: '2', a: '1' }, two))).toBe(
      JSON.stringify(compile({ a: '1', b: '2' }, two)),
    );
  });

  it.each([
    [{}, /'bucket' .* is missing, for example payroll-reports/],
    [{ bucket: '' }, /'bucket' .* is missing/],
    [
      { bucket: 'b', key: 'k' },
      /'key' .* is unknown; the profile takes bucket/,
    ],
    [{ bucket: 'b', 'k<\u001b[31m>': 'k' }, /'k 31m ' .* is unknown/],
    [{ bucket: 'b'.repeat(64) }, /'bucket' .* at most 63 characters/],
    [{ bucket: '*' }, /'bucket' .* must hold no wildcard/],
  ])('refuses %j, and names the parameter', (values, message) => {
    expect(() => compile(values as Record<string, string>)).toThrow(message);
    expect(() => compile(values as Record<string, string>)).toThrow(
      expect.objectContaining({ code: 'profile-parameter' }),
    );
  });

  it('takes the whole value or nothing, even for a careless pattern', () => {
    const careless = {
      parameters: [
        { ...aProfile().parameters[0], pattern: '^payroll|^archive$' },
      ],
    };

    expect(compile({ bucket: 'payroll' }, careless).parameters).toEqual({
      bucket: 'payroll',
    });
    expect(() => compile({ bucket: 'payroll-and-more' }, careless)).toThrow(
      'does not have the right form',
    );
  });

  it('does not take inherited properties for values', () => {
    expect(() => compile({}, parameterCalled('toString'))).toThrow(
      "'toString'",
    );
  });

  it.each([
    '*',
    'a?',
    '${aws:username}',
    '$',
    '{',
    '}',
    '"',
    "'",
    '\\',
    'a","Action":"*',
    'line\nbreak',
    'tab\t',
    'nul\u0000',
    'größe',
    '\u202e',
  ])('a parameter can hold no wildcard and break out of nothing: %j', value => {
    expect(() => compile({ bucket: value })).toThrow(
      expect.objectContaining({ code: 'profile-parameter' }),
    );
  });

  it('for any text: it is refused, or lands in its place and changes nothing else', () => {
    const harmless = JSON.stringify(compile({ bucket: 'x' }).statements);
    /** The error's code, or the statements as text. */
    const outcome = (bucket: string) => {
      try {
        return JSON.stringify(compile({ bucket }).statements);
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 70, unit: 'binary' }),
          fc.string({ maxLength: 70, unit: 'grapheme-ascii' }),
        ),
        bucket => {
          const refused = outcome(bucket) === 'profile-parameter';
          const inPlace =
            outcome(bucket).replace(`:::${bucket}"`, ':::x"') === harmless &&
            !/[*?${}]/.test(bucket);
          expect(refused || inPlace).toBe(true);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('encodes values in console paths', () => {
    expect(
      compile(
        { bucket: 'a/../b#c&d=e' },
        { consolePath: '/s3/buckets/${bucket}?tab=permissions' },
      ).consolePath,
    ).toBe('/s3/buckets/a%2F..%2Fb%23c%26d%3De?tab=permissions');
  });

  it('has no console path without a value for it', () => {
    const optional = {
      parameters: [{ ...aProfile().parameters[0], required: false }],
      consolePath: '/s3/buckets/${bucket}',
      statements: [{ Effect: 'Allow' as const, Action: 's3:*', Resource: '*' }],
    };

    expect(compile({}, optional).consolePath).toBeUndefined();
    expect(compile({}, optional).parameters).toEqual({});
  });
});

function parameterCalled(name: string) {
  return {
    parameters: [{ ...aProfile().parameters[0], name }],
    statements: [
      {
        Effect: 'Allow' as const,
        Action: 's3:*',
        Resource: `\${${name}}`,
      },
    ],
  };
}

describe('sessionPolicy', () => {
  const end = Date.parse('2026-12-31T23:30:00.999Z');

  it('I14: is minified, with the denies of everything else, chaining and lease end', () => {
    const policy = sessionPolicy(compile({ bucket: 'b' }), {
      leaseEndsAt: end,
    });

    expect(policy.json).not.toMatch(/\s/);
    expect(JSON.parse(policy.json)).toEqual(policy.document);
    expect(policy.document.Statement).toEqual([
      {
        Effect: 'Allow',
        Action: ['s3:GetBucketPolicy', 's3:PutBucketPolicy'],
        Resource: 'arn:aws:s3:::b',
      },
      {
        Effect: 'Deny',
        NotAction: ['s3:GetBucketPolicy', 's3:PutBucketPolicy'],
        Resource: '*',
      },
      {
        Effect: 'Deny',
        Action: ['sts:AssumeRole*', 'iam:PassRole'],
        Resource: '*',
      },
      {
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: {
          DateGreaterThanEquals: { 'aws:CurrentTime': '2026-12-31T23:30:00Z' },
        },
      },
    ]);
  });

  it('I3: pitfall 16: the deny starts at the lease’s end, never after it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_102_444_800_000 }), instant => {
        const { json } = sessionPolicy(compile({ bucket: 'b' }), {
          leaseEndsAt: instant,
        });
        const [, written] = /"aws:CurrentTime":"([^"]+)"/.exec(json)!;
        expect(Date.parse(written)).toBeLessThanOrEqual(instant);
        expect(Date.parse(written)).toBeGreaterThan(instant - 1_000);
      }),
    );
  });

  it('I14: only a profile that says so may chain roles', () => {
    const { json } = sessionPolicy(
      compile({ bucket: 'b' }, { chaining: true }),
    );

    expect(json).not.toContain('sts:AssumeRole');
    expect(sessionPolicy(compile({ bucket: 'b' })).json).toContain(
      '"sts:AssumeRole*","iam:PassRole"',
    );
  });

  it('has no end for a standing role', () => {
    expect(sessionPolicy(compile({ bucket: 'b' })).json).not.toContain(
      'CurrentTime',
    );
  });

  it('counts managed ARNs, and refuses what AWS would not take', () => {
    const arn = `arn:aws:iam::aws:policy/${'x'.repeat(100)}`;
    const withArn = sessionPolicy(
      compile({ bucket: 'b' }, { managedPolicyArns: [arn] }),
    );

    expect(withArn.size).toBe(withArn.json.length + arn.length);
    expect(() =>
      sessionPolicy({
        title: 'Long',
        statements: [],
        chaining: true,
        managedPolicyArns: ['x'.repeat(2_048)],
      }),
    ).toThrow(
      expect.objectContaining({
        code: 'profile-too-large',
        message: expect.stringMatching(
          /The profile Long comes to 2087 characters .* at most 2048/,
        ),
      }),
    );
  });
});
