/** One session whose calls are looked for. */
export const LEASE = {
  roleArn: account =>
    `arn:aws:iam::${account}:role/break-glass/BreakGlassAdmin`,
  sessionName: 'mary@01K6F000000000000000000000',
  accessKeyId: 'ASIABENCHRECORDED001',
};

/** Calls that fill real logs: service, action, data event or not, parameters, answer. */
const CALLS = [
  [
    'ec2',
    'DescribeInstances',
    false,
    n =>
      `{"maxResults":1000,"instancesSet":{"items":[{"instanceId":"i-0${n}a1b2c3d4e5f"}]},"filterSet":{}}`,
    'null',
  ],
  [
    's3',
    'GetBucketAcl',
    false,
    n =>
      `{"bucketName":"team-${n % 97}-artifacts","Host":"team-${
        n % 97
      }-artifacts.s3.eu-central-1.amazonaws.com","acl":""}`,
    'null',
  ],
  [
    'kms',
    'Decrypt',
    false,
    n =>
      `{"encryptionContext":{"aws:s3:arn":"arn:aws:s3:::team-${
        n % 97
      }-artifacts/object-${n}"},"encryptionAlgorithm":"SYMMETRIC_DEFAULT"}`,
    'null',
  ],
  [
    'logs',
    'CreateLogStream',
    false,
    n =>
      `{"logGroupName":"/aws/lambda/orders-${
        n % 53
      }","logStreamName":"2026/10/01/[$LATEST]${n}f00dbabe"}`,
    'null',
  ],
  [
    'sts',
    'AssumeRole',
    false,
    n =>
      `{"roleArn":"arn:aws:iam::111122223333:role/service-role-${
        n % 31
      }","roleSessionName":"worker-${n}","durationSeconds":3600}`,
    'null',
  ],
  [
    's3',
    'GetObject',
    true,
    n =>
      `{"bucketName":"team-${n % 97}-artifacts","Host":"team-${
        n % 97
      }-artifacts.s3.eu-central-1.amazonaws.com","key":"exports/2026/part-${n}.parquet"}`,
    'null',
  ],
  [
    'ssm',
    'UpdateInstanceInformation',
    false,
    n =>
      `{"instanceId":"i-0${n}a1b2c3d4e5f","agentVersion":"3.3.1611.0","agentStatus":"Active","platformType":"Linux","platformName":"Amazon Linux","platformVersion":"2023","iPAddress":"10.0.${
        n % 250
      }.${n % 240}","computerName":"ip-10-0-${n % 250}-${
        n % 240
      }.ec2.internal","agentName":"amazon-ssm-agent"}`,
    'null',
  ],
  [
    'dynamodb',
    'DescribeTable',
    false,
    n => `{"tableName":"orders-${n % 53}"}`,
    'null',
  ],
  [
    'iam',
    'GetRolePolicy',
    false,
    n => `{"roleName":"service-role-${n % 31}","policyName":"inline-${n % 7}"}`,
    'null',
  ],
  [
    'cloudformation',
    'DescribeStacks',
    false,
    n => `{"stackName":"stack-${n % 67}"}`,
    'null',
  ],
];

const AGENTS = [
  'aws-sdk-java/2.25.11 Linux/5.10.210-201.855.amzn2.x86_64 OpenJDK_64-Bit_Server_VM/17.0.10+7-LTS Java/17.0.10 vendor/Amazon.com_Inc. io/sync http/Apache cfg/retry-mode/legacy',
  'Boto3/1.34.84 md/Botocore#1.34.84 ua/2.0 os/linux#5.10.213-223.855.amzn2.x86_64 md/arch#x86_64 lang/python#3.12.2 md/pyimpl#CPython exec-env/AWS_Lambda_python3.12 cfg/retry-mode#legacy Botocore/1.34.84',
  'APN/1.0 HashiCorp/1.0 Terraform/1.7.5 (+https://www.terraform.io) terraform-provider-aws/5.44.0 (+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go-v2/1.26.1 os/linux lang/go#1.21.8',
];

const hex = (random, length) => {
  let text = '';
  while (text.length < length) {
    text += Math.floor(random() * 4294967296)
      .toString(16)
      .padStart(8, '0');
  }
  return text.slice(0, length);
};

const uuid = random => {
  const text = hex(random, 32);
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-4${text.slice(
    13,
    16,
  )}-a${text.slice(17, 20)}-${text.slice(20)}`;
};

/** A record of ordinary work, as JSON text in the shape that CloudTrail delivers. */
export function workRecord(random, { account, region, at }) {
  const count = Math.floor(random() * 100_000);
  const [service, action, data, parameters, answer] =
    CALLS[Math.floor(random() * CALLS.length)];
  return record(random, {
    account,
    region,
    at,
    service,
    action,
    data,
    answer,
    parameters: parameters(count),
    role: `service-role-${count % 31}`,
    path: '',
    session: `worker-${count}`,
    key: `ASIA${hex(random, 16).toUpperCase()}`,
    agent: AGENTS[count % AGENTS.length],
  });
}

/** A call under the lease. */
export function leaseRecord(random, where) {
  return record(random, {
    ...where,
    service: 's3',
    action: 'GetBucketPolicy',
    data: false,
    answer: 'null',
    parameters: '{"bucketName":"payroll-exports","policy":""}',
    role: 'BreakGlassAdmin',
    path: 'break-glass/',
    session: LEASE.sessionName,
    key: LEASE.accessKeyId,
    agent: AGENTS[1],
    sourceIdentity: LEASE.sessionName,
  });
}

/** The AssumeRole that began the lease's session. */
export function assumeRoleRecord(random, { account, region, at }) {
  const roleArn = LEASE.roleArn(account);
  return record(random, {
    account,
    region,
    at,
    service: 'sts',
    action: 'AssumeRole',
    data: false,
    parameters: `{"roleArn":"${roleArn}","roleSessionName":"${LEASE.sessionName}","durationSeconds":3600,"sourceIdentity":"${LEASE.sessionName}"}`,
    answer: `{"credentials":{"accessKeyId":"${LEASE.accessKeyId}","sessionToken":"REDACTED","expiration":"Oct 15, 2026, 11:00:00 AM"}}`,
    role: 'Broker',
    path: '',
    session: 'portal',
    key: 'ASIABENCHBROKER00001',
    agent: AGENTS[1],
  });
}

function record(random, facts) {
  const { account, region, at, service, role, session } = facts;
  const time = `${new Date(at).toISOString().slice(0, 19)}Z`;
  const principal = 'AROAEXAMPLEROLE000001';
  const source = facts.sourceIdentity
    ? `,"sourceIdentity":"${facts.sourceIdentity}"`
    : '';
  return `{"eventVersion":"1.11","userIdentity":{"type":"AssumedRole","principalId":"${principal}:${session}","arn":"arn:aws:sts::${account}:assumed-role/${role}/${session}","accountId":"${account}","accessKeyId":"${
    facts.key
  }","sessionContext":{"sessionIssuer":{"type":"Role","principalId":"${principal}","arn":"arn:aws:iam::${account}:role/${
    facts.path
  }${role}","accountId":"${account}","userName":"${role}"},"attributes":{"creationDate":"${time}","mfaAuthenticated":"false"}${source}}},"eventTime":"${time}","eventSource":"${service}.amazonaws.com","eventName":"${
    facts.action
  }","awsRegion":"${region}","sourceIPAddress":"10.${Math.floor(
    random() * 250,
  )}.${Math.floor(random() * 250)}.17","userAgent":"[${
    facts.agent
  }]","requestParameters":${facts.parameters},"responseElements":${
    facts.answer
  },"requestID":"${uuid(random)}","eventID":"${uuid(
    random,
  )}","readOnly":true,"eventType":"AwsApiCall","managementEvent":${!facts.data},"recipientAccountId":"${account}","eventCategory":"${
    facts.data ? 'Data' : 'Management'
  }","tlsDetails":{"tlsVersion":"TLSv1.3","cipherSuite":"TLS_AES_128_GCM_SHA256","clientProvidedHostHeader":"${service}.${region}.amazonaws.com"}}`;
}
