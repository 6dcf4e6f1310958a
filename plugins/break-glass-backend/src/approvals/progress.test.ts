import fc from 'fast-check';
import {
  aPerson,
  aPolicy,
  aStep,
  decided,
  facts,
  groups,
  secondAdmin,
  twoRoles,
} from '../testing/approvals';
import { analyseDecision } from './analyseDecision';
import { progress } from './progress';
import { RecordedDecision } from './types';

const daniel = aPerson('daniel', ['cloud-admins']);
const carla = aPerson('carla', ['ciso-office']);
const sven = aPerson('sven', ['senior-management']);

describe('progress', () => {
  it('counts what is missing', () => {
    expect(progress(facts(twoRoles))).toEqual({
      met: false,
      rejected: false,
      missing: 2,
      steps: [
        { id: 'ciso', approvals: 0, met: false, open: true },
        { id: 'management', approvals: 0, met: false, open: true },
      ],
    });
    expect(
      progress(facts(twoRoles, decided(sven, 'management'))),
    ).toMatchObject({ met: false, missing: 1 });
    expect(
      progress(
        facts(twoRoles, decided(sven, 'management'), decided(carla, 'ciso')),
      ),
    ).toMatchObject({ met: true, missing: 0 });
  });

  it('I1: who turns out to share an address, with the requester or another approver, does not count any more', () => {
    const at = (name: string, group: string, email?: string) => ({
      ...aPerson(name, [group]),
      email,
    });
    const approved = (
      requesterEmail: string,
      cisoEmail: string,
      managerEmail: string,
    ) => {
      const ciso = at('carla', 'ciso-office', cisoEmail);
      const manager = at('sven', 'senior-management', managerEmail);
      return progress({
        ...facts(
          twoRoles,
          { ...decided(ciso, 'ciso'), now: ciso },
          { ...decided(manager, 'management'), now: manager },
        ),
        requester: at('mary', 'cloud-admins', requesterEmail),
      });
    };

    expect(approved('m@x.org', 'c@x.org', 's@x.org').met).toBe(true);
    expect(approved('m@x.org', 'M@x.org', 's@x.org').missing).toBe(1);
    expect(approved('m@x.org', 's@x.org', 'S@x.org').missing).toBe(1);
  });

  it('one reject rejects, whatever was approved before or after', () => {
    const after = facts(
      twoRoles,
      decided(carla, 'ciso'),
      decided(sven, 'management', 'reject'),
    );

    expect(progress(after)).toMatchObject({ met: false, rejected: true });
    expect(progress(after).steps.some(step => step.open)).toBe(false);
    expect(
      progress(
        facts(
          twoRoles,
          decided(carla, 'ciso'),
          decided(sven, 'management'),
          decided(daniel, 'management', 'reject'),
        ),
      ),
    ).toMatchObject({ met: false, rejected: true });
  });

  it('I1: decisions of the requester and the beneficiary never count, nor do a machine’s', () => {
    const mary = aPerson('mary');
    const system = { ...daniel, ref: 'system', key: 'system' };
    const maryAgain = aPerson('mary-2', [], mary.key);
    const base = facts(
      secondAdmin,
      decided(mary, 'second'),
      decided(maryAgain, 'second'),
      decided(system, 'second'),
      decided(daniel, 'second'),
    );

    expect(progress({ ...base, beneficiary: daniel }).missing).toBe(1);
  });

  it('I1: one person counts once over all steps', () => {
    const again = aPerson('carla-2', [], carla.key);
    const after = facts(
      twoRoles,
      decided(carla, 'ciso'),
      decided(again, 'management'),
    );

    expect(progress(after)).toMatchObject({ met: false, missing: 1 });
  });

  it('decisions on steps that the policy does not have count for nothing', () => {
    expect(
      progress(facts(secondAdmin, decided(daniel, 'another'))).missing,
    ).toBe(1);
  });

  it('in sequence, an approval before its turn counts for nothing', () => {
    const policy = { ...twoRoles, order: 'sequential' as const };

    expect(
      progress(
        facts(policy, decided(sven, 'management'), decided(carla, 'ciso')),
      ).met,
    ).toBe(false);
    expect(
      progress(
        facts(policy, decided(carla, 'ciso'), decided(sven, 'management')),
      ).met,
    ).toBe(true);
  });

  it('a policy without steps is never met', () => {
    expect(progress(facts(aPolicy([]))).met).toBe(false);
  });
});

describe('I1: for any policy, people and order of decisions', () => {
  const names = ['g1', 'g2', 'g3'];
  const someGroups = fc.subarray(names);
  const people = fc.array(
    fc.record({
      inGroups: someGroups,
      // Two entities in three have a human being in common.
      human: fc.constantFrom('mary', 'ben', 'h1', 'h2', 'h3', 'h4'),
    }),
    { minLength: 1, maxLength: 8 },
  );
  const policies = fc
    .record({
      steps: fc.array(
        fc.record({
          from: fc.subarray(names, { minLength: 1 }),
          exclude: someGroups,
          count: fc.integer({ min: 1, max: 3 }),
        }),
        { minLength: 1, maxLength: 3 },
      ),
      order: fc.constantFrom('parallel' as const, 'sequential' as const),
    })
    .map(({ steps, order }) =>
      aPolicy(
        steps.map((step, index) =>
          aStep(`s${index}`, groups(...step.from), {
            exclude: groups(...step.exclude),
            count: step.count,
          }),
        ),
        order,
      ),
    );
  const attempts = fc.array(
    fc.record({
      who: fc.nat(7),
      step: fc.option(fc.nat(2)),
      approve: fc.boolean(),
    }),
    { maxLength: 20 },
  );

  /** Plays attempts as the service does: what the analysis allows is recorded. */
  function play(
    policy: ReturnType<typeof aPolicy>,
    humans: Array<{ inGroups: string[]; human: string }>,
    tries: Array<{ who: number; step: number | null; approve: boolean }>,
  ) {
    const everybody = humans.map(({ inGroups, human }, index) =>
      aPerson(`p${index}`, inGroups, `user:default/${human}`),
    );
    const beneficiary = { ref: 'user:default/ben', key: 'user:default/ben' };
    const decisions: RecordedDecision[] = [];
    for (const { who, step, approve } of tries) {
      const person = everybody[who % everybody.length];
      const analysis = analyseDecision(
        { ...facts(policy, ...decisions), beneficiary },
        person,
        step === null ? undefined : `s${step}`,
      );
      if (analysis.allowed) {
        decisions.push(
          decided(person, analysis.stepIds[0], approve ? 'approve' : 'reject'),
        );
      }
    }
    return {
      everybody,
      decisions,
      stands: progress({ ...facts(policy, ...decisions), beneficiary }),
    };
  }

  it('a policy that is met has, per step, enough different people who fit it and are not involved', () => {
    fc.assert(
      fc.property(policies, people, attempts, (policy, humans, tries) => {
        const { everybody, decisions, stands } = play(policy, humans, tries);
        const keys = decisions.map(({ personKey }) => personKey);
        expect(new Set(keys).size).toBe(keys.length);
        expect(keys).not.toContain('user:default/mary');
        expect(keys).not.toContain('user:default/ben');
        decisions.forEach(({ stepId, person }) => {
          const step = policy.steps.find(({ id }) => id === stepId)!;
          const { groups: inGroups } = everybody.find(it => it.ref === person)!;
          expect(step.from.groups.some(it => inGroups.has(it))).toBe(true);
          expect(step.exclude.groups.some(it => inGroups.has(it))).toBe(false);
        });
        const approvals = (id: string) =>
          decisions.filter(it => it.stepId === id && it.verdict === 'approve')
            .length;
        const rejects = decisions.some(it => it.verdict === 'reject');
        expect(stands.met).toBe(
          !rejects &&
            policy.steps.every(({ id, count }) => approvals(id) >= count),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('every decision that is allowed makes progress, and after the last none is', () => {
    fc.assert(
      fc.property(policies, people, attempts, (policy, humans, tries) => {
        const { decisions, stands } = play(policy, humans, tries);
        const needed = policy.steps.reduce((sum, { count }) => sum + count, 0);
        expect(decisions.length).toBeLessThanOrEqual(needed);
        expect(stands.missing).toBe(
          needed - decisions.filter(it => it.verdict === 'approve').length,
        );
      }),
      { numRuns: 500 },
    );
  });
});
