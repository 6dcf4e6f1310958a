import { NodeHttpHandler } from '@smithy/node-http-handler';
import {
  Partition,
  partitionSchema,
} from 'backstage-plugin-break-glass-common';
import { describeFederation } from './testing/describeFederation';
import { FederationWorld } from './testing/FederationWorld';

/** An account in a partition, and all hosts that one console session there may speak to or name. */
interface Row {
  partition: Partition;
  region: string;
  sts: string;
  signIn: string;
  /** Where the table has none, the configured one. */
  console: string;
  configured?: true;
}

const ROWS: Row[] = [
  {
    partition: 'aws',
    region: 'eu-central-1',
    sts: 'sts.eu-central-1.amazonaws.com',
    signIn: 'eu-central-1.signin.aws.amazon.com',
    console: 'console.aws.amazon.com',
  },
  {
    partition: 'aws-cn',
    region: 'cn-northwest-1',
    sts: 'sts.cn-northwest-1.amazonaws.com.cn',
    signIn: 'cn-northwest-1.signin.amazonaws.cn',
    console: 'console.amazonaws.cn',
  },
  {
    partition: 'aws-us-gov',
    region: 'us-gov-east-1',
    sts: 'sts.us-gov-east-1.amazonaws.com',
    signIn: 'us-gov-east-1.signin.amazonaws-us-gov.com',
    console: 'console.amazonaws-us-gov.com',
  },
  {
    partition: 'aws-iso',
    region: 'us-iso-west-1',
    sts: 'sts.us-iso-west-1.c2s.ic.gov',
    signIn: 'us-iso-west-1.signin.c2shome.ic.gov',
    console: 'console.example.gov',
    configured: true,
  },
  {
    partition: 'aws-iso-b',
    region: 'us-isob-east-1',
    sts: 'sts.us-isob-east-1.sc2s.sgov.gov',
    signIn: 'us-isob-east-1.signin.sc2shome.sgov.gov',
    console: 'console.example.gov',
    configured: true,
  },
  {
    partition: 'aws-iso-e',
    region: 'eu-isoe-west-1',
    sts: 'sts.eu-isoe-west-1.cloud.adc-e.uk',
    signIn: 'eu-isoe-west-1.signin.csphome.adc-e.uk',
    console: 'console.example.uk',
    configured: true,
  },
  {
    partition: 'aws-iso-f',
    region: 'us-isof-south-1',
    sts: 'sts.us-isof-south-1.csp.hci.ic.gov',
    signIn: 'us-isof-south-1.signin.csphome.hci.ic.gov',
    console: 'console.example.gov',
    configured: true,
  },
  {
    partition: 'aws-eusc',
    region: 'eusc-de-east-1',
    sts: 'sts.eusc-de-east-1.amazonaws.eu',
    signIn: 'eusc-de-east-1.signin.amazonaws-eusc.eu',
    console: 'console.amazonaws-eusc.eu',
  },
];

/** A request as the SDK hands it to the wire. */
interface Sent {
  protocol: string;
  hostname: string;
  headers: Record<string, string>;
  body: string;
}

/** Answers in place of AWS at the last point inside this process; keeps what would have been sent. */
function aWire(world: FederationWorld) {
  const toSts: Sent[] = [];
  const toSignIn: URL[] = [];
  jest
    .spyOn(NodeHttpHandler.prototype, 'handle')
    .mockImplementation(async request => {
      toSts.push(request as unknown as Sent);
      const now = new Date(world.clock.now());
      const end = new Date(world.clock.now() + 900_000).toISOString();
      const body = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials><AccessKeyId>ASIAEXAMPLEEXAMPLE01</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>${end}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;
      return {
        response: {
          statusCode: 200,
          headers: { 'content-type': 'text/xml', date: now.toUTCString() },
          body: new Blob([body]).stream(),
        },
      } as never;
    });
  jest.spyOn(global, 'fetch').mockImplementation(async url => {
    toSignIn.push(new URL(String(url)));
    return new Response('{"SigninToken":"token"}');
  });
  return { toSts, toSignIn };
}

/** Puts an account of the row's partition into the world, and its broker into the configuration. */
function addAccount(world: FederationWorld, row: Row): string {
  const accountRef = 'resource:default/far-away';
  world.accounts.set(accountRef, {
    ...world.accounts.get('resource:default/payroll')!,
    ref: accountRef,
    partition: row.partition,
    region: row.region,
  });
  world.config.partitions = {
    [row.partition]: {
      brokerAccountId: '555566667777',
      endpoints: row.configured ? { console: `https://${row.console}` } : {},
    },
  };
  return accountRef;
}

describeFederation(aWorld => {
  afterEach(() => jest.restoreAllMocks());

  it('pitfall 29: the table below has every partition', () => {
    expect(ROWS.map(row => row.partition)).toEqual(partitionSchema.options);
  });

  it.each(ROWS)(
    'pitfall 29: pitfall 31: a console session in $partition speaks to and names hosts of that partition only',
    async row => {
      const world = await aWorld();
      const lease = await world.activeLease({
        accountRef: addAccount(world, row),
      });
      const { toSts, toSignIn } = aWire(world);

      const issued = await world
        .federation()
        .sessions.issue({ ref: 'user:default/mary' }, lease.id, {
          type: 'console',
        });

      const [assumeRole] = toSts;
      expect(toSts).toHaveLength(1);
      expect(`${assumeRole.protocol}//${assumeRole.hostname}`).toBe(
        `https://${row.sts}`,
      );
      expect(assumeRole.headers.authorization).toContain(
        `/${row.region}/sts/aws4_request`,
      );
      expect(new URLSearchParams(assumeRole.body).get('RoleArn')).toBe(
        `arn:${row.partition}:iam::111122223333:role/break-glass/BreakGlassAdmin`,
      );
      expect(toSignIn.map(({ origin, pathname }) => origin + pathname)).toEqual(
        [`https://${row.signIn}/federation`],
      );
      expect(toSignIn[0].searchParams.has('SessionDuration')).toBe(false);
      const login = new URL((issued as { consoleUrl: string }).consoleUrl);
      expect(login.origin + login.pathname).toBe(
        `https://${row.signIn}/federation`,
      );
      expect(login.searchParams.get('Destination')).toBe(
        `https://${row.console}/s3/buckets?region=${row.region}`,
      );
    },
  );
});
