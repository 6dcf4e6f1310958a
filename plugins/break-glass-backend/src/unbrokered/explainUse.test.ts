import { aPerson, groups, nobody } from '../testing/approvals';
import {
  explainAssign,
  explainJustify,
  explainReview,
  JudgedUse,
  mayReadUse,
} from './explainUse';
import { explainVerdict } from './explainVerdict';
import { NOT_ALL_READ, NOT_IN_LOGS, REPORTED, withNote } from './useWords';

const config = {
  reviewers: groups('reviewers'),
  responders: groups('responders'),
  auditors: { ...nobody, users: ['user:default/ada'] },
};
const rita = aPerson('rita', ['reviewers']);
const oscar = aPerson('oscar', ['responders']);
const ada = aPerson('ada');
const mary = aPerson('mary', ['cloud-admins']);
const frank = aPerson('frank');

const aUse = (change: Partial<JudgedUse> = {}): JudgedUse => ({
  state: 'open',
  owner: 'group:default/cloud-admins',
  principal: 'arn:aws:iam::111122223333:user/mallory',
  ...change,
});
const CHECKED = {
  credentialsRotated: true,
  accessRevoked: true,
  lessonsLearned: true,
};

describe('who may do what with an unbrokered use', () => {
  it('reviewers, responders, auditors and its owner read it, and nobody else', () => {
    const readers = [rita, oscar, ada, mary, frank].filter(person =>
      mayReadUse(config, aUse(), person),
    );
    expect(readers).toEqual([rita, oscar, ada, mary]);
  });

  it('an owner reads their own only; at whom it points reads nothing by that', () => {
    const other = aUse({ owner: 'group:default/other', person: mary.ref });
    expect(mayReadUse(config, other, mary)).toBe(false);
    expect(mayReadUse(config, aUse({ owner: frank.ref }), frank)).toBe(true);
  });

  it('reviewers and responders name the owner, until it is decided', () => {
    const codes = [rita, oscar, ada, mary].map(
      person => explainAssign(config, aUse(), person).reasons[0]?.code,
    );
    expect(codes).toEqual([
      undefined,
      undefined,
      'not-responder',
      'not-responder',
    ]);
    const decided = aUse({ state: 'accepted' });
    expect(explainAssign(config, decided, rita).reasons[0].code).toBe(
      'wrong-status',
    );
  });

  it('its owner explains it, once, and nobody else', () => {
    expect(explainJustify(aUse(), mary).allowed).toBe(true);
    for (const person of [rita, oscar, ada, frank]) {
      expect(explainJustify(aUse(), person).reasons[0].code).toBe(
        'not-unbrokered-owner',
      );
    }
    for (const state of ['justified', 'accepted', 'flagged'] as const) {
      expect(explainJustify(aUse({ state }), mary).reasons[0].code).toBe(
        'wrong-status',
      );
    }
    const nobodys = aUse({ owner: undefined });
    expect(explainJustify(nobodys, mary).allowed).toBe(false);
  });

  it('a reviewer gives the verdict, until there is one', () => {
    expect(explainReview(config, aUse(), rita).allowed).toBe(true);
    expect(explainReview(config, aUse(), oscar).reasons[0].code).toBe(
      'not-reviewer',
    );
    for (const state of ['accepted', 'flagged'] as const) {
      expect(explainReview(config, aUse({ state }), rita).reasons[0].code).toBe(
        'wrong-status',
      );
    }
  });

  it.each<[string, (ref: string) => Partial<JudgedUse>]>([
    ['at whom it points', ref => ({ person: ref })],
    ['who explained it', ref => ({ justifiedBy: ref })],
    ['who was named to explain it', ref => ({ owner: ref })],
  ])('I8: not by %s, under whatever entity', (_who, involve) => {
    const second = {
      ...aPerson('second', ['reviewers']),
      against: {
        groups: new Set<string>(),
        refs: new Set(['user:default/second', rita.ref]),
      },
    };
    for (const person of [rita, second]) {
      const { reasons } = explainReview(
        config,
        aUse(involve(rita.ref)),
        person,
      );
      expect(reasons).toMatchObject([{ code: 'involved-review' }]);
    }
  });

  const SSO = 'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_1';
  it.each([
    `${SSO}/rita`,
    `${SSO}/Rita@example.com`,
    'arn:aws:iam::111122223333:user/people/RITA',
    'AROAEXAMPLE:rita',
    `${SSO}/emp-17`,
    `${SSO}/rita.second`,
  ])('I8: not by who has the name of %s, under whatever entity', principal => {
    const both = {
      ...rita,
      key: 'EMP-17@example.com',
      against: {
        groups: new Set<string>(),
        refs: new Set([rita.ref, 'user:default/rita.second']),
      },
    };
    const use = aUse({ state: 'justified', principal });
    expect(explainReview(config, use, both).reasons).toMatchObject([
      { code: 'involved-review' },
    ]);
  });

  it.each([`${SSO}/marita`, `${SSO}/rita2`, 'arn:aws:iam::1:user/rita/x', ''])(
    'a name within another is not theirs: %s',
    principal => {
      expect(explainReview(config, aUse({ principal }), rita).allowed).toBe(
        true,
      );
    },
  );

  it('I8: a member of the group that was named may review what another explained', () => {
    const use = aUse({
      state: 'justified',
      owner: 'group:default/reviewers',
      justifiedBy: 'user:default/other',
    });
    expect(explainReview(config, use, rita).allowed).toBe(true);
  });
});

describe('which verdict a use can have', () => {
  const use = { state: 'justified' as const, seenInLogs: true, words: 'X.' };
  const accept = { verdict: 'accepted' as const, checklist: CHECKED };
  const codeOf = (...args: Parameters<typeof explainVerdict>) =>
    explainVerdict(...args).reasons[0]?.code;

  it('accepts what was explained and checked', () => {
    expect(codeOf(use, accept)).toBeUndefined();
  });

  it('accepts nothing that nobody explained', () => {
    expect(codeOf({ ...use, state: 'open' }, accept)).toBe(
      'justification-missing',
    );
  });

  it.each(Object.keys(CHECKED))('accepts nothing without %s', item => {
    const checklist = { ...CHECKED, [item]: false };
    expect(codeOf(use, { ...accept, checklist })).toBe('checklist-incomplete');
  });

  it('accepts what only an event reported when the logs have spoken, not before', () => {
    const reported = { ...use, seenInLogs: false };
    expect(codeOf({ ...reported, words: `X.${REPORTED}` }, accept)).toBe(
      'evidence-incomplete',
    );
    expect(
      codeOf({ ...reported, words: `X.${NOT_IN_LOGS}` }, accept),
    ).toBeUndefined();
  });

  it('accepts nothing of which more may still be found', () => {
    expect(codeOf({ ...use, collectDueAt: 1 }, accept)).toBe(
      'evidence-incomplete',
    );
    expect(
      codeOf({ ...use, collectDueAt: 1 }, { ...accept, verdict: 'flagged' }),
    ).toBeUndefined();
  });

  it('accepts nothing of which parts could never be read', () => {
    for (const words of ['X.', `X.${NOT_IN_LOGS}`]) {
      const unread = withNote(words, NOT_ALL_READ);
      expect(codeOf({ ...use, words: unread }, accept)).toBe(
        'evidence-incomplete',
      );
    }
  });

  it('a note on its events is said once, and leaves the ending of the words', () => {
    const once = withNote(`X.${REPORTED}`, NOT_ALL_READ);
    expect(once).toBe(`X.${NOT_ALL_READ}${REPORTED}`);
    expect(withNote(once, NOT_ALL_READ)).toBe(once);
  });

  it('flags anything', () => {
    const unchecked = {
      credentialsRotated: false,
      accessRevoked: false,
      lessonsLearned: false,
    };
    const flag = { verdict: 'flagged' as const, checklist: unchecked };
    expect(codeOf({ ...use, state: 'open' }, flag)).toBeUndefined();
  });
});
