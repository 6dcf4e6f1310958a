import {
  aPolicy,
  aStep,
  groups,
  secondAdmin,
  twoRoles,
} from '../testing/approvals';
import { policyInWords, stepSummary } from './words';

describe('policies in words', () => {
  it('one step', () => {
    expect(policyInWords(secondAdmin)).toBe(
      'One other person: a member of cloud-admins.',
    );
  });

  it('two roles, with whom they exclude', () => {
    expect(policyInWords(twoRoles)).toBe(
      'All of these: 1. Step ciso: One other person: a member of ciso-office. 2. Step management: One other person: a member of senior-management, but not a member of platform.',
    );
  });

  it('in sequence, and with a quorum', () => {
    const policy = aPolicy(
      [
        aStep('a', groups('a'), { count: 2 }),
        aStep('b', groups('b'), { count: 7 }),
      ],
      'sequential',
    );

    expect(policyInWords(policy)).toMatch(
      /^One after the other: 1\. Step a: Two other people: .* 2\. Step b: 7 other people: /,
    );
  });

  it('a step as the contract has it', () => {
    expect(stepSummary(twoRoles.steps[1])).toMatchObject({
      id: 'management',
      count: 1,
      from: ['group:default/senior-management'],
      exclude: ['group:default/platform'],
    });
  });
});
