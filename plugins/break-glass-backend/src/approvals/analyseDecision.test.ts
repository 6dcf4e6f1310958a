import {
  aPerson,
  aPolicy,
  aStep,
  decided,
  facts,
  groups,
  nobody,
  secondAdmin,
  twoRoles,
} from '../testing/approvals';
import { analyseDecision } from './analyseDecision';

const mary = aPerson('mary', ['cloud-admins', 'platform']);
const daniel = aPerson('daniel', ['cloud-admins', 'platform']);
const priya = aPerson('priya', ['cloud-admins', 'platform']);
const carla = aPerson('carla', ['ciso-office']);
const sven = aPerson('sven', ['senior-management']);
const peter = aPerson('peter', ['payments-developers']);

const codes = (analysis: { reasons: Array<{ code: string }> }) =>
  analysis.reasons.map(({ code }) => code);

describe('analyseDecision', () => {
  it('another admin may decide, on the one step that fits', () => {
    expect(analyseDecision(facts(secondAdmin), daniel)).toEqual({
      allowed: true,
      reasons: [],
      stepIds: ['second'],
    });
  });

  it('I1: pitfall 3: the requester may not, under whatever entity', () => {
    const sameHuman = aPerson('mary-admin', ['cloud-admins'], mary.key);

    for (const person of [mary, sameHuman]) {
      const analysis = analyseDecision(facts(secondAdmin), person);
      expect(analysis.allowed).toBe(false);
      expect(codes(analysis)[0]).toBe('self-approval');
      expect(analysis.stepIds).toEqual([]);
    }
  });

  it('I1: pitfall 3: the beneficiary may not', () => {
    const forDaniel = { ...facts(secondAdmin), beneficiary: daniel };
    const sameHuman = aPerson('daniel-2', ['cloud-admins'], daniel.key);

    expect(codes(analyseDecision(forDaniel, daniel))).toEqual([
      'beneficiary-approval',
    ]);
    expect(codes(analyseDecision(forDaniel, sameHuman))).toEqual([
      'beneficiary-approval',
    ]);
    expect(analyseDecision(forDaniel, priya).allowed).toBe(true);
  });

  it('I1: one e-mail address is one human being: as requester, as beneficiary, as who decided', () => {
    const at = (name: string, email: string) => ({
      ...aPerson(name, ['cloud-admins', 'ciso-office', 'senior-management']),
      email,
    });
    const [one, two] = [at('one', 'm@example.com'), at('two', 'M@example.com')];
    const decision = { ...decided(one, 'ciso'), now: one };

    expect(
      codes(analyseDecision({ ...facts(secondAdmin), requester: one }, two)),
    ).toEqual(['self-approval']);
    expect(
      codes(analyseDecision({ ...facts(secondAdmin), beneficiary: one }, two)),
    ).toEqual(['beneficiary-approval']);
    expect(codes(analyseDecision(facts(twoRoles, decision), two))).toEqual([
      'already-decided',
    ]);
  });

  it('pitfall 3: who is in none of the groups may not, and is told who may', () => {
    const analysis = analyseDecision(facts(secondAdmin), peter);

    expect(codes(analysis)).toEqual(['not-approver']);
    expect(analysis.reasons[0].message).toContain('a member of cloud-admins');
  });

  it('pitfall 6: who decided before may not again, on no step, under no other entity', () => {
    const both = aPerson('both', ['ciso-office', 'senior-management']);
    const sameHuman = aPerson('both-2', ['senior-management'], both.key);
    const after = facts(twoRoles, decided(both, 'ciso'));

    expect(codes(analyseDecision(after, both, 'management'))).toEqual([
      'already-decided',
    ]);
    expect(codes(analyseDecision(after, sameHuman, 'management'))).toEqual([
      'already-decided',
    ]);
  });

  it('I1: members of an excluded group may not, whatever else they are', () => {
    const cloudManager = aPerson('cloud', ['senior-management', 'platform']);

    expect(codes(analyseDecision(facts(twoRoles), cloudManager))).toEqual([
      'not-approver',
    ]);
    expect(
      analyseDecision(facts(twoRoles), cloudManager).reasons[0].message,
    ).toContain('but not a member of platform');
    expect(analyseDecision(facts(twoRoles), sven).stepIds).toEqual([
      'management',
    ]);
  });

  it('who fits several steps names one', () => {
    const both = aPerson('both', ['ciso-office', 'senior-management']);
    const open = analyseDecision(facts(twoRoles), both);

    expect(open.allowed).toBe(false);
    expect(codes(open)).toEqual(['step-required']);
    expect(open.stepIds).toEqual(['ciso', 'management']);
    expect(analyseDecision(facts(twoRoles), both, 'management')).toEqual({
      allowed: true,
      reasons: [],
      stepIds: ['management'],
    });
  });

  it('who fits several steps, of which one is left, need not', () => {
    const both = aPerson('both', ['ciso-office', 'senior-management']);
    const after = facts(twoRoles, decided(carla, 'ciso'));

    expect(analyseDecision(after, both).stepIds).toEqual(['management']);
  });

  it('a step that is not there, or not the person’s, is refused', () => {
    expect(codes(analyseDecision(facts(twoRoles), carla, 'nope'))).toEqual([
      'step-required',
    ]);
    expect(
      codes(analyseDecision(facts(twoRoles), carla, 'management')),
    ).toEqual(['not-approver']);
  });

  it('in sequence, a later step waits for the earlier ones', () => {
    const policy = { ...twoRoles, order: 'sequential' as const };
    const early = analyseDecision(facts(policy), sven);

    expect(codes(early)).toEqual(['wrong-status']);
    expect(early.reasons[0].message).toContain(
      "'Step management' comes after 'Step ciso'",
    );
    expect(
      analyseDecision(facts(policy, decided(carla, 'ciso')), sven).allowed,
    ).toBe(true);
  });

  it('a step that has its approvals takes no more, while others wait', () => {
    const cora = aPerson('cora', ['ciso-office']);
    const after = facts(twoRoles, decided(carla, 'ciso'));

    expect(codes(analyseDecision(after, cora))).toEqual(['already-decided']);
  });

  it('after the last approval, and after one reject, nothing is left to decide', () => {
    const approved = facts(secondAdmin, decided(daniel, 'second'));
    const rejected = facts(secondAdmin, decided(daniel, 'second', 'reject'));

    expect(codes(analyseDecision(approved, priya))).toEqual(['wrong-status']);
    expect(codes(analyseDecision(rejected, priya))).toEqual(['wrong-status']);
  });

  it('owners of the account decide where the policy says so, and only if the owner is known (I13)', () => {
    const policy = aPolicy([aStep('owner', { ...nobody, accountOwner: true })]);
    const owned = {
      ...facts(policy),
      accountOwner: 'group:default/payments-developers',
    };

    expect(analyseDecision(owned, peter).allowed).toBe(true);
    expect(codes(analyseDecision(facts(policy), peter))).toEqual([
      'not-approver',
    ]);
  });

  it('a quorum of two takes two', () => {
    const policy = aPolicy([
      aStep('quorum', groups('cloud-admins'), { count: 2 }),
    ]);
    const after = facts(policy, decided(daniel, 'quorum'));

    expect(analyseDecision(after, priya).allowed).toBe(true);
    expect(codes(analyseDecision(after, daniel))).toEqual(['already-decided']);
  });
});
