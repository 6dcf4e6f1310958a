import { awsManagedPolicies, whatPoliciesAllow } from 'aws-sandbox';
import { ProfileService } from 'backstage-plugin-break-glass-common';
import fc from 'fast-check';
import { ProfileConfig } from '../config/types';
import { anAwsAccount } from '../testing/profiles';
import {
  ACTION_LEVELS,
  CALLS,
  randomProfiles,
} from '../testing/randomProfiles';
import { compileProfile } from './compileProfile';
import { describeProfile } from './describeStatements';
import { profileSummary } from './profileSummary';
import { assemble } from './sessionPolicy';
import { whichProfileAllows } from './whichProfileAllows';

/** Give the seed that was printed to run the same again. */
const SEED = Number(
  process.env.BREAK_GLASS_POLICY_SEED ?? Date.now() % 2 ** 31,
);
const RUNS = Number(process.env.BREAK_GLASS_POLICY_RUNS ?? 300);
const OPTIONS = { numRuns: RUNS, seed: SEED };
const BUCKET = 'payroll-archive';
const END = Date.parse('2026-12-31T23:30:00Z');
const LIMITED = ' (limited further)';

/** Of all calls some, as each is made at three times. */
const someCalls = fc.shuffledSubarray(CALLS, {
  minLength: 100,
  maxLength: 100,
});

jest.setTimeout(60_000 + RUNS * 500);

beforeAll(() => {
  process.stdout.write(
    `${RUNS} random profiles × ${CALLS.length} calls; the same again: BREAK_GLASS_POLICY_SEED=${SEED}\n`,
  );
});

/** A time that the clause of the lease's end is asked about. */
const at = (instant: number) => ({
  'aws:CurrentTime': new Date(instant).toISOString(),
});

const compile = (profile: ProfileConfig) =>
  compileProfile(profile, anAwsAccount, { bucket: BUCKET });

/** What the sandbox says of the session policy that goes to STS. */
function issued(profile: ProfileConfig) {
  const { json, managedPolicyArns } = assemble(compile(profile), {
    leaseEndsAt: END,
  });
  return whatPoliciesAllow([json, ...managedPolicyArns.map(contentOf)]);
}

/** What the sandbox says of the profile as it was written, with its variables replaced as text. */
function written({ statements, managedPolicyArns }: ProfileConfig) {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: statements })
    .replaceAll('${bucket}', BUCKET)
    .replaceAll('${accountId}', anAwsAccount.accountId)
    .replaceAll('${partition}', anAwsAccount.partition)
    .replaceAll('${region}', anAwsAccount.region);
  return whatPoliciesAllow([text, ...managedPolicyArns.map(contentOf)]);
}

function contentOf(arn: string): string {
  return awsManagedPolicies[arn.split('/').at(-1)!];
}

/** The page's words, read as a policy; marks are read over. */
function said(services: ProfileService[]) {
  const Statement = services.flatMap(({ service, actions, resources }) =>
    resources.map(resource => ({
      Effect: 'Allow',
      ...saidActions(service, actions),
      ...saidResource(resource.replace(LIMITED, '')),
    })),
  );
  const nothing = { Effect: 'Deny', Action: '*', Resource: '*' };
  return whatPoliciesAllow([
    JSON.stringify({ Statement: Statement.length ? Statement : [nothing] }),
  ]);
}

function saidActions(service: string, actions: string[]) {
  if (service !== '*') {
    return { Action: actions.map(action => `${service}:${action}`) };
  }
  const but = actions.map(action => action.replace('everything but ', ''));
  return but[0] === '*' ? { Action: '*' } : { NotAction: but };
}

function saidResource(words: string) {
  const [, but] = words.split('everything but ');
  if (but !== undefined) {
    return { NotResource: but.split(' and ') };
  }
  return { Resource: words === 'everything' ? '*' : words };
}

/** Words that hold as they stand: without a mark. */
function isPlain({ resources }: ProfileService): boolean {
  return resources.every(each => !each.endsWith(LIMITED));
}

describe('random profiles against an evaluation of their own', () => {
  it('I14: what is issued allows what was written until the lease’s end, less chaining, and nothing else', () => {
    fc.assert(
      fc.property(randomProfiles(), someCalls, (profile, calls) => {
        const [actual, source] = [issued(profile), written(profile)];
        const ours = calls.map(call => {
          const { keys } = call;
          const asked = (instant: number) =>
            actual({ ...call, keys: { ...keys, ...at(instant) } });
          return [asked(END - 1), asked(END), asked(END + 1)];
        });
        const wanted = calls.map(call => {
          const chains = ['sts:AssumeRole', 'iam:PassRole'];
          const free = profile.chaining || !chains.includes(call.action);
          return [free && source(call), false, false];
        });
        expect(ours).toEqual(wanted);
      }),
      OPTIONS,
    );
  });

  it('is minified, and says the same', () => {
    fc.assert(
      fc.property(randomProfiles(), profile => {
        const { json, document, size, managedPolicyArns } = assemble(
          compile(profile),
          { leaseEndsAt: END },
        );
        expect(JSON.parse(json)).toEqual(document);
        expect(JSON.stringify(JSON.parse(json))).toBe(json);
        expect(size).toBe(json.length + managedPolicyArns.join('').length);
      }),
      OPTIONS,
    );
  });

  it('the page says every call that is allowed', async () => {
    await fc.assert(
      fc.asyncProperty(randomProfiles(), async profile => {
        const own = { ...profile, managedPolicyArns: [] };
        const actual = issued(own);
        const page = said(await describeProfile(compile(own)));
        const unsaid = CALLS.filter(
          call =>
            actual({ ...call, keys: { ...call.keys, ...at(0) } }) &&
            !page(call),
        );
        expect(unsaid).toEqual([]);
      }),
      OPTIONS,
    );
  });

  it('the page says no action that is not allowed', async () => {
    await fc.assert(
      fc.asyncProperty(randomProfiles(), async profile => {
        const own = { ...profile, managedPolicyArns: [] };
        const actual = issued(own);
        const services = await describeProfile(compile(own));
        const page = said(services.filter(isPlain));
        const actionsOf = (allows: typeof actual) => [
          ...new Set(
            CALLS.filter(call =>
              allows({ ...call, keys: { ...call.keys, ...at(0) } }),
            ).map(({ action }) => action),
          ),
        ];
        const allowed = actionsOf(actual);
        expect(actionsOf(page).filter(each => !allowed.includes(each))).toEqual(
          [],
        );
      }),
      OPTIONS,
    );
  });

  it('a profile is named for exactly the actions that its page says', async () => {
    await fc.assert(
      fc.asyncProperty(randomProfiles(), async profile => {
        const page = said(
          (await profileSummary(profile)).services.map(each => ({
            ...each,
            resources: ['*'],
          })),
        );
        const actions = Object.keys(ACTION_LEVELS);
        expect(
          actions.filter(action => whichProfileAllows(action, [profile])),
        ).toEqual(actions.filter(action => page({ action, resource: '*' })));
      }),
      OPTIONS,
    );
  });

  it('the page says the access levels that AWS documents', async () => {
    await fc.assert(
      fc.asyncProperty(randomProfiles(), async profile => {
        const services = await describeProfile(compile(profile));
        const missing = services.flatMap(({ service, actions, accessLevels }) =>
          actions.filter(action => {
            const level = ACTION_LEVELS[`${service}:${action}`];
            return level !== undefined && !accessLevels.includes(level);
          }),
        );
        expect(missing).toEqual([]);
      }),
      OPTIONS,
    );
  });
});
