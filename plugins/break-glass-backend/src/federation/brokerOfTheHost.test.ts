import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigReader } from '@backstage/config';
import { DefaultAwsCredentialsManager } from '@backstage/integration-aws-node';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { asSession, keysOf } from './aws/testing/asSession';
import {
  credentialsOfHost,
  HOST_ROLE,
  seedWithHostRole,
} from './aws/testing/hostRole';
import {
  serviceAccountToken,
  withServiceAccount,
} from './aws/testing/serviceAccount';
import { describeFederation } from './testing/describeFederation';
import { FederationWorld } from './testing/FederationWorld';
import {
  containerMetadata,
  instanceMetadata,
  Metadata,
  Said,
  startMetadata,
} from './testing/startMetadata';

jest.setTimeout(60_000);

const MARY = { ref: 'user:default/mary' };
const CREDENTIALS = { type: 'credentials' as const };
const HOUR = 3_600_000;

/** Where the SDK could find an identity other than the host's. */
const ELSEWHERE = /^(AWS_|AMAZON_)/;

describeFederation(aWorld => {
  const environment = { ...process.env };
  let folder: string;
  let metadata: Metadata | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'broker-of-the-host-'));
    for (const name of Object.keys(process.env)) {
      if (ELSEWHERE.test(name)) {
        delete process.env[name];
      }
    }
    Object.assign(process.env, {
      AWS_CONFIG_FILE: join(folder, 'none'),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none'),
    });
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    for (const name of Object.keys(process.env)) {
      delete process.env[name];
    }
    Object.assign(process.env, environment);
    await metadata?.stop();
    metadata = undefined;
    await rm(folder, { recursive: true });
  });

  /** A world whose clock is the machine's for the SDK, too, and what the host was given so far. */
  async function aHost(sessionName: string, tags = {}) {
    const world = await aWorld({
      seed: withServiceAccount(seedWithHostRole()),
    });
    jest.spyOn(Date, 'now').mockImplementation(() => world.clock.now());
    process.env.AWS_ENDPOINT_URL_STS = world.sandbox.url;
    const given: object[] = [];
    const next = async () => {
      const credentials = await credentialsOfHost(world, sessionName, tags);
      given.push(credentials);
      return credentials;
    };
    return { world, given, next, tags };
  }

  const serve = async (answer: Parameters<typeof startMetadata>[0]) => {
    metadata = await startMetadata(answer);
    return metadata.url;
  };

  /** As the `aws` section stands where the portal's own identity is its host's: no key, no role. */
  const ofTheHost = () =>
    DefaultAwsCredentialsManager.fromConfig(
      new ConfigReader({ aws: { mainAccount: { region: 'eu-central-1' } } }),
    );

  /** Each way in which a host of AWS gets its role, with what the SDK is told of it. */
  const HOSTS = {
    'an EC2 instance': async () => {
      const host = await aHost('i-0a1b2c3d4e5f60718');
      process.env.AWS_EC2_METADATA_SERVICE_ENDPOINT = await serve(
        instanceMetadata('PortalHost', host.next),
      );
      return { ...host, minutes: 15, turn: async () => {} };
    },
    'an ECS task or EKS pod': async () => {
      const host = await aHost('eks-break-glass-portal', {
        'kubernetes-namespace': 'backstage',
      });
      const file = join(folder, 'token');
      let token = '';
      // The file is replaced from time to time.
      const turn = async () => {
        token = `token-${host.given.length}`;
        await writeFile(file, token);
      };
      await turn();
      const url = await serve(containerMetadata(() => token, host.next));
      Object.assign(process.env, {
        AWS_CONTAINER_CREDENTIALS_FULL_URI: `${url}/v1/credentials`,
        AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: file,
      });
      return { ...host, minutes: 15, turn };
    },
    'a Kubernetes service account (IRSA)': async () => {
      const host = await aHost('unused');
      const file = join(folder, 'token');
      const turn = () =>
        writeFile(file, serviceAccountToken(host.world.clock.now()));
      await turn();
      Object.assign(process.env, {
        AWS_ROLE_ARN: HOST_ROLE,
        AWS_WEB_IDENTITY_TOKEN_FILE: file,
      });
      const { faults } = host.world.sandbox;
      const strike = faults.strike.bind(faults);
      faults.strike = async (stage, service, action, accountId) => {
        if (action === 'AssumeRoleWithWebIdentity' && stage === 'after') {
          host.given.push({});
        }
        return strike(stage, service, action, accountId);
      };
      return { ...host, minutes: 60, turn };
    },
  };

  const sessionOf = (world: FederationWorld, accessKeyId: string) =>
    world.sandbox.world.credential(accessKeyId) as {
      chained: boolean;
      createdAt: number;
      expiresAt: number;
      tags: ReadonlyMap<string, string>;
    };

  describe.each(Object.entries(HOSTS))(
    'a portal whose broker is the role of %s',
    (_what, start) => {
      it('issues, for one hour at most, renews its own credentials, and kills', async () => {
        const { world, given, minutes, turn, tags } = await start();
        const lease = await world.activeLease();
        const { sessions, kills } = world.federation({
          credentials: ofTheHost(),
        });
        const issue = async () =>
          keysOf(await sessions.issue(MARY, lease.id, CREDENTIALS));
        const first = await issue();
        await asSession(world, first).s3.send(new ListBucketsCommand({}));
        const session = sessionOf(world, first.accessKeyId);
        expect(session.chained).toBe(true);
        expect(session.expiresAt - session.createdAt).toBe(HOUR);
        // What a pod's session is tagged with is handed down beside ours.
        expect(Object.fromEntries(session.tags)).toMatchObject({
          ...tags,
          'break-glass:lease': lease.id,
        });
        await issue();
        expect(given).toHaveLength(1);

        // What the host gave is over.
        world.clock.pass(minutes + 1);
        await turn();
        await issue();
        expect(given).toHaveLength(2);
        await world.end(lease);
        await kills.kill(lease.id);
        expect(await world.killOf(lease)).toBe('probed');
      });

      it('is who the check of the portal says', async () => {
        const { world } = await start();
        delete world.config.partitions['aws-us-gov'];
        const { selfCheck } = world.federation({ credentials: ofTheHost() });
        expect(await selfCheck.look()).toEqual({
          ok: true,
          words: 'aws: the broker of 555566667777 answers.',
        });
      });
    },
  );

  it.each<[string, Said]>([
    ['has no role', { status: 404 }],
    ['fails', { status: 500 }],
  ])(
    'says what to do where the host %s, and records nothing as issued',
    async (_what, said) => {
      const { world } = await aHost('i-0a1b2c3d4e5f60718');
      process.env.AWS_EC2_METADATA_SERVICE_ENDPOINT = await serve(
        async () => said,
      );
      const lease = await world.activeLease();
      await expect(
        world
          .federation({ credentials: ofTheHost() })
          .sessions.issue(MARY, lease.id, CREDENTIALS),
      ).rejects.toMatchObject({
        code: 'aws-unavailable',
        message: expect.stringContaining('no AWS credentials for the broker'),
      });
      const [session] = await world.database.sessions.ofLeases([lease.id]);
      expect(session.state).toBe('refused');
    },
  );

  it('refuses to be the role of another account', async () => {
    const { world, next } = await aHost('i-0a1b2c3d4e5f60718');
    process.env.AWS_EC2_METADATA_SERVICE_ENDPOINT = await serve(
      instanceMetadata('PortalHost', next),
    );
    world.config.partitions.aws!.brokerAccountId = '999988887777';
    expect(HOST_ROLE).not.toContain('999988887777');
    const lease = await world.activeLease();
    await expect(
      world
        .federation({ credentials: ofTheHost() })
        .sessions.issue(MARY, lease.id, CREDENTIALS),
    ).rejects.toThrow('broker account 999988887777');
  });
});
