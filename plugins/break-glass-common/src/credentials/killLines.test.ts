import { killLines, killSteps } from './killLines';

const policyArn = 'arn:aws:iam::111122223333:policy/break-glass/Boundary';
const lease = '01K8EXAMP1E000000000000000';

describe('killLines', () => {
  it('names the policy and the leases', () => {
    const lines = killLines({ policyArn, leaseIds: [lease] });

    expect(lines).toContain(`policy='${policyArn}'\n`);
    expect(lines).toContain(`'*:*@${lease}'`);
  });

  it.each(['aws-us-gov', 'aws-cn', 'aws-iso-b', 'aws-eusc'])(
    'takes a policy of %s',
    partition => {
      const arn = policyArn.replace('aws', partition);
      expect(killLines({ policyArn: arn, leaseIds: [lease] })).toContain(arn);
    },
  );

  it.each([
    [`${policyArn}'; reboot; '`, [lease]],
    [`${policyArn}\n`, [lease]],
    ['arn:aws:iam::aws:policy/AdministratorAccess', [lease]],
    [policyArn, []],
    [policyArn, [`${lease}'; reboot; '`]],
    [policyArn, [lease, '*']],
    [policyArn, [lease.toLowerCase()]],
  ])('pitfall 32: makes no line of %j and %j', (arn, leaseIds) => {
    expect(() => killLines({ policyArn: arn, leaseIds })).toThrow(/must be/);
  });

  it('is the same step by step, each with words', () => {
    const options = { policyArn, leaseIds: [lease] };
    const steps = killSteps(options);

    expect(steps.map(({ command }) => command)).toEqual(
      killLines(options).trimEnd().split('\n').slice(1, -1),
    );
    for (const { does } of steps) {
      expect(does).toMatch(/^[A-Z].+\.$/);
    }
  });
});
