import { DescribeInstancesCommand } from '@aws-sdk/client-ec2';
import { ListUsersCommand } from '@aws-sdk/client-iam';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
} from '@aws-sdk/client-sts';
import { cannotSay, failed, ok, outcomeOf } from './outcome.mjs';
import { lookAtTrail } from './trailStep.mjs';

const LIST_BUCKETS = ['s3:ListAllMyBuckets'];
const buckets = ({ s3 }) => outcomeOf(s3.send(new ListBucketsCommand({})));
const whoAmI = ({ sts }) =>
  outcomeOf(sts.send(new GetCallerIdentityCommand({})));

async function brokerIdentity(smoke, found) {
  const { Arn } = await smoke
    .brokerSts()
    .send(new GetCallerIdentityCommand({}));
  found.chained = /:assumed-role\//.test(Arn ?? '');
  return ok(
    `${Arn}${found.chained ? ', a role: its sessions are chained' : ''}`,
  );
}

async function assumeRole(smoke, found) {
  found.leaseId = smoke.aLease();
  found.session = await smoke.assume({
    leaseId: found.leaseId,
    actions: [...LIST_BUCKETS, 'cloudtrail:LookupEvents'],
  });
  found.assumedAt = Date.now();
  return ok('with session policy, source identity and tags');
}

async function withoutExternalId(smoke) {
  if (!smoke.settings.externalId) {
    return cannotSay(
      'the account has no external id',
      'Set SMOKE_EXTERNAL_ID where the trust policy asks for one.',
    );
  }
  const without = smoke.assume({
    leaseId: smoke.aLease(),
    actions: LIST_BUCKETS,
    change: { externalId: undefined },
  });
  const error = await without.then(
    () => undefined,
    each => each,
  );
  return error?.code === 'broker-not-trusted'
    ? ok('refused')
    : failed(
        error ? `another error, ${error.code ?? error.name}` : 'let in',
        'Put the condition StringEquals sts:ExternalId on sts:AssumeRole into the role’s trust policy.',
      );
}

async function hourOfChained(smoke, { chained }) {
  const take = durationSeconds =>
    smoke
      .assume({
        leaseId: smoke.aLease(),
        actions: LIST_BUCKETS,
        change: { durationSeconds },
      })
      .then(
        () => 'done',
        error => error.code ?? error.name,
      );
  const hour = await take(3_600);
  if (hour !== 'done') {
    return failed(
      `an hour is refused: ${hour}`,
      'Set the role’s MaxSessionDuration to 3,600 at least, or roles[].maxSession below it.',
    );
  }
  if (!chained) {
    return cannotSay(
      'an hour is given; the broker is a user, which is not capped',
      'Run this under the role that the portal runs under.',
    );
  }
  return (await take(3_601)) === 'role-limit'
    ? ok('an hour is given, a second more is not')
    : failed(
        'more than an hour was given',
        'Tell the authors: the cap is assumed.',
      );
}

async function profileLimits(smoke, { session }) {
  const aws = smoke.as(session);
  const allowed = await buckets(aws);
  const other = await outcomeOf(aws.ec2.send(new DescribeInstancesCommand({})));
  if (allowed.was !== 'done') {
    return failed(
      `a call of the profile was ${allowed.was}`,
      'The role itself must allow s3:ListAllMyBuckets.',
    );
  }
  return other.was === 'refused'
    ? ok('its call passes, another is refused')
    : failed(
        `another call was ${other.was}`,
        'Do not use the portal: session policies do not hold.',
      );
}

async function managedUnion(smoke) {
  const { partition } = smoke.settings;
  const aws = smoke.as(
    await smoke.assume({
      leaseId: smoke.aLease(),
      actions: LIST_BUCKETS,
      managed: [`arn:${partition}:iam::aws:policy/IAMReadOnlyAccess`],
    }),
  );
  const results = [
    (await buckets(aws)).was,
    (await outcomeOf(aws.iam.send(new ListUsersCommand({})))).was,
    (await outcomeOf(aws.ec2.send(new DescribeInstancesCommand({})))).was,
  ];
  return results.join() === 'done,done,refused'
    ? ok('calls of either pass, others are refused')
    : failed(
        `inline: ${results[0]}, managed: ${results[1]}, neither: ${results[2]}`,
        'Use no managedPolicyArns, and check that the role allows iam:ListUsers.',
      );
}

async function noChaining(smoke) {
  const { sts } = smoke.as(
    await smoke.assume({ leaseId: smoke.aLease(), actions: ['*'] }),
  );
  const again = await outcomeOf(
    sts.send(
      new AssumeRoleCommand({
        RoleArn: smoke.roleArn,
        RoleSessionName: 'smoke-test',
        ...(smoke.settings.externalId && {
          ExternalId: smoke.settings.externalId,
        }),
      }),
    ),
  );
  return again.was === 'refused'
    ? ok('refused')
    : failed(
        `it was ${again.was}`,
        'Do not use the portal: roles assumed from a session escape its policy.',
      );
}

async function leaseEnd(smoke, found) {
  const seconds = smoke.settings.leaseEndSeconds;
  const endsAt = Date.now() + seconds * 1_000;
  const aws = smoke.as(
    await smoke.assume({
      leaseId: smoke.aLease(),
      actions: ['*'],
      managed: [],
      endsAt,
    }),
  );
  const before = await buckets(aws);
  if (before.was !== 'done') {
    return failed(
      `before the end a call was ${before.was}`,
      'Set SMOKE_LEASE_END_SECONDS higher.',
    );
  }
  const ended = await smoke.until(
    async () => (await buckets(aws)).was === 'refused',
    seconds / 60 + 1,
  );
  if (ended === undefined) {
    return failed(
      'calls still pass a minute after the end',
      'Do not use the portal: tell the authors.',
    );
  }
  const late = Math.max(0, Math.round((Date.now() - endsAt) / 1_000));
  found.ended = aws;
  return ok(`refused ${late} s after the end, with keys that live on`);
}

async function identityStays(_, { ended }) {
  const { was } = await whoAmI(ended);
  return was === 'done'
    ? ok('answered after the end, as AWS documents')
    : cannotSay(`it was ${was}`, 'AWS documents otherwise; nothing to do.');
}

async function console(smoke, { session }) {
  const status = await smoke.signIn(session);
  return status >= 200 && status < 400
    ? ok('the sign-in leads to the console; no SessionDuration is sent')
    : failed(
        `the sign-in answered ${status}`,
        'Check SMOKE_SIGN_IN_ENDPOINT, and the way out to it.',
      );
}

async function consoleAtEnd() {
  return cannotSay(
    'a page of the console has to be looked at',
    'See "Looked at by a person" in docs/aws-smoke-test.md.',
  );
}

async function kill(smoke) {
  const leaseId = smoke.aLease();
  const session = {
    leaseId,
    actions: LIST_BUCKETS,
  };
  const killed = smoke.as(await smoke.assume(session));
  const other = smoke.as(
    await smoke.assume({ ...session, leaseId: smoke.aLease() }),
  );
  const before = [(await buckets(killed)).was, (await buckets(other)).was];
  if (before.join() !== 'done,done') {
    return failed(
      `before the kill, calls were ${before.join(' and ')}`,
      'Mend the steps above first.',
    );
  }
  const undo = await smoke.kill([leaseId]);
  try {
    let last;
    const seconds = await smoke.until(async () => {
      last = await buckets(killed);
      return last.was === 'refused';
    }, smoke.settings.killMinutes);
    if (seconds === undefined) {
      return failed(
        `not enforced within ${smoke.settings.killMinutes} min`,
        'Check that the role has the boundary policy as its permissions boundary.',
      );
    }
    return await judgeKill({ seconds, last, killed, other });
  } finally {
    await undo();
  }
}

async function judgeKill({ seconds, last, killed, other }) {
  if ((await buckets(other)).was !== 'done') {
    return failed(
      'another lease’s session was refused, too',
      'Do not use the portal: tell the authors.',
    );
  }
  if (!last.explicitInBoundary) {
    return failed(
      `enforced after ${seconds} s, in words that the portal’s probe does not know`,
      'Kills will be shown as accepted, not as probed: tell the authors.',
    );
  }
  const identity =
    (await whoAmI(killed)).was === 'done' ? 'still answers' : 'is refused';
  return ok(
    `enforced after ${seconds} s; another lease goes on; GetCallerIdentity ${identity}`,
  );
}

/**
 * What is tried, in this order.
 *
 * @type {{id: string, title: string, proves: string, needs?: string, run: (smoke, found) => Promise<object>}[]}
 */
export const STEPS = [
  {
    id: 'broker',
    title: 'Who the broker is',
    proves: 'Its credentials are found as the SDK finds them',
    run: brokerIdentity,
  },
  {
    id: 'assume',
    title: 'AssumeRole as the portal asks',
    proves:
      'Trust lets the broker assume the role, set a source identity and tag; the packed policy fits',
    needs: 'broker',
    run: assumeRole,
  },
  {
    id: 'external-id',
    title: 'The same without the external id',
    proves: 'The trust policy asks for it',
    needs: 'assume',
    run: withoutExternalId,
  },
  {
    id: 'duration',
    title: 'An hour, and a second more',
    proves: 'Sessions of a broker that is a role itself are capped at an hour',
    needs: 'assume',
    run: hourOfChained,
  },
  {
    id: 'profile',
    title: 'A call of the profile, and another',
    proves: 'What a session may is role ∩ profile',
    needs: 'assume',
    run: profileLimits,
  },
  {
    id: 'managed',
    title: 'A profile with a managed policy',
    proves: 'Inline and managed session policies add up',
    needs: 'assume',
    run: managedUnion,
  },
  {
    id: 'chaining',
    title: 'Assuming a role from a session',
    proves: 'The chaining deny holds',
    needs: 'assume',
    run: noChaining,
  },
  {
    id: 'lease-end',
    title: 'Calls after the lease’s end',
    proves: 'The lease-end deny ends calls before the keys expire',
    needs: 'assume',
    run: leaseEnd,
  },
  {
    id: 'identity',
    title: 'GetCallerIdentity after the end',
    proves: 'It cannot be denied',
    needs: 'lease-end',
    run: identityStays,
  },
  {
    id: 'console',
    title: 'Console sign-in',
    proves:
      'The federation endpoint takes the credentials without SessionDuration',
    needs: 'assume',
    run: console,
  },
  {
    id: 'console-end',
    title: 'An open console at the lease’s end',
    proves: 'Console sessions are under the lease-end deny and the kill',
    needs: 'console',
    run: consoleAtEnd,
  },
  {
    id: 'kill',
    title: 'A kill by the boundary policy',
    proves:
      'The killer role can, IAM enforces it on live sessions, how long that takes, and that others go on',
    needs: 'assume',
    run: kill,
  },
  {
    id: 'trail',
    title: 'The session in CloudTrail',
    proves:
      'Source identity and tags are in the AssumeRole record of the account, and when it comes',
    needs: 'assume',
    run: lookAtTrail,
  },
];
