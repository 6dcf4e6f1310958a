import { services } from '../services';
import { Input } from '../wire/queryInput';

/** A button of the console: the call that it makes. */
export interface ConsoleCall {
  /** What the button does, in the words of the page. */
  title: string;
  service: string;
  action: string;
  input: Input;
  payload?: Buffer;
}

type Build = (form: URLSearchParams) => Omit<ConsoleCall, 'title'>;

const bucket = (form: URLSearchParams): Input => ({
  Bucket: form.get('bucket') ?? '',
});

const BUTTONS: Record<string, { title: string; build: Build }> = {
  whoAmI: {
    title: 'Who am I',
    build: () => ({ service: 'sts', action: 'GetCallerIdentity', input: {} }),
  },
  listBuckets: {
    title: 'List buckets',
    build: () => ({ service: 's3', action: 'ListBuckets', input: {} }),
  },
  showPolicy: {
    title: 'Show bucket policy',
    build: form => ({
      service: 's3',
      action: 'GetBucketPolicy',
      input: bucket(form),
    }),
  },
  putPolicy: {
    title: 'Save bucket policy',
    build: form => ({
      service: 's3',
      action: 'PutBucketPolicy',
      input: bucket(form),
      payload: Buffer.from(form.get('policy') ?? ''),
    }),
  },
  listObjects: {
    title: 'List objects',
    build: form => ({
      service: 's3',
      action: 'ListObjectsV2',
      input: bucket(form),
    }),
  },
  readSecret: {
    title: 'Read secret',
    build: form => ({
      service: 'secretsmanager',
      action: 'GetSecretValue',
      input: { SecretId: form.get('secret') ?? '' },
    }),
  },
  listInstances: {
    title: 'List instances',
    build: () => ({ service: 'ec2', action: 'DescribeInstances', input: {} }),
  },
  runInstance: {
    title: 'Start an instance',
    build: () => ({
      service: 'ec2',
      action: 'RunInstances',
      input: {
        ImageId: 'ami-0fedcba9876543210',
        InstanceType: 't3.micro',
        MinCount: 1,
        MaxCount: 1,
      },
    }),
  },
  createUser: {
    title: 'Create IAM user',
    build: form => ({
      service: 'iam',
      action: 'CreateUser',
      input: { UserName: form.get('userName') ?? '' },
    }),
  },
};

/** The call that a posted form asks for; undefined for a button that there is not. */
export function consoleCall(form: URLSearchParams): ConsoleCall | undefined {
  const name = form.get('button') ?? '';
  if (!Object.hasOwn(BUTTONS, name)) return undefined;
  const { title, build } = BUTTONS[name];
  const call = build(form);
  return services.has(call.service) ? { title, ...call } : undefined;
}
