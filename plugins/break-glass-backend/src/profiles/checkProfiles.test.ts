import { aProfile } from '../testing/profiles';
import { checkProfiles } from './checkProfiles';
import { compileProfile } from './compileProfile';
import { sessionPolicy } from './sessionPolicy';

/** A profile whose statements take about so many characters. */
function ofLength(length: number, change = {}) {
  return aProfile({
    statements: [
      {
        Effect: 'Allow',
        Action: 's3:GetObject',
        Resource: `arn:\${partition}:s3:::\${bucket}-\${region}-\${accountId}${'x'.repeat(
          length,
        )}`,
      },
    ],
    ...change,
  });
}

function fits(profile: ReturnType<typeof aProfile>) {
  try {
    checkProfiles({ profiles: [profile] });
    return true;
  } catch {
    return false;
  }
}

describe('checkProfiles', () => {
  it('takes profiles that fit', () => {
    expect(fits(aProfile())).toBe(true);
  });

  it('names the key, the profile and its size', () => {
    expect(() =>
      checkProfiles({ profiles: [aProfile(), ofLength(2_000)] }),
    ).toThrow(
      /breakGlass\.profiles\[1\]\.statements: the profile 'unlock-bucket' comes to 2\d\d\d characters .* at most 2048/,
    );
  });

  it('counts the longest value of a parameter, not its example', () => {
    const short = { ...aProfile().parameters[0], maxLength: 10 };
    const long = { ...aProfile().parameters[0], maxLength: 250 };

    expect(fits(ofLength(1_600, { parameters: [short] }))).toBe(true);
    expect(fits(ofLength(1_600, { parameters: [long] }))).toBe(false);
  });

  it('what passes at the start never fails at a request', () => {
    const longest = Array.from({ length: 2_048 }, (_, length) => length)
      .reverse()
      .find(length => fits(ofLength(length)))!;
    const compiled = compileProfile(
      ofLength(longest),
      {
        accountId: '111122223333',
        partition: 'aws-us-gov',
        region: 'ap-southeast-1',
      },
      { bucket: 'b'.repeat(63) },
    );

    expect(
      sessionPolicy(compiled, { leaseEndsAt: Date.parse('2026-12-31') }).size,
    ).toBeLessThanOrEqual(2_048);
  });
});
