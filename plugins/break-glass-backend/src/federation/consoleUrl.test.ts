import { Partition } from 'backstage-plugin-break-glass-common';
import { consoleDestination, ConsoleTarget } from './consoleUrl';

const target: ConsoleTarget = { partition: 'aws', region: 'eu-central-1' };

describe('consoleDestination', () => {
  it.each<[Partition, string, string]>([
    ['aws', 'eu-central-1', 'https://console.aws.amazon.com'],
    ['aws-cn', 'cn-north-1', 'https://console.amazonaws.cn'],
    ['aws-us-gov', 'us-gov-west-1', 'https://console.amazonaws-us-gov.com'],
    ['aws-eusc', 'eusc-de-east-1', 'https://console.amazonaws-eusc.eu'],
  ])('pitfall 29: %s has its own console', (partition, region, origin) => {
    expect(consoleDestination({ partition, region })).toBe(
      `${origin}/console/home?region=${region}`,
    );
  });

  it.each<[Partition, string]>([
    ['aws-iso', 'us-iso-east-1'],
    ['aws-iso-b', 'us-isob-east-1'],
    ['aws-iso-e', 'eu-isoe-west-1'],
    ['aws-iso-f', 'us-isof-south-1'],
  ])('pitfall 29: %s needs its console configured', (partition, region) => {
    expect(() => consoleDestination({ partition, region })).toThrow(
      expect.objectContaining({ code: 'aws-unavailable' }),
    );
    expect(
      consoleDestination({
        partition,
        region,
        configured: 'https://console.example.gov',
      }),
    ).toBe(`https://console.example.gov/console/home?region=${region}`);
  });

  it.each([
    ['/s3/buckets', '/s3/buckets?region=eu-central-1'],
    [
      '/s3/buckets/payroll?tab=objects',
      '/s3/buckets/payroll?tab=objects&region=eu-central-1',
    ],
    ['/iam/home?region=global', '/iam/home?region=global'],
    ['/iam/home#/roles', '/iam/home?region=eu-central-1#/roles'],
    [
      '/s3/buckets/b?prefix=a%20b~c',
      '/s3/buckets/b?prefix=a%20b~c&region=eu-central-1',
    ],
    [
      '/cloudwatch/home#logsV2:log-groups/log-group/$252Faws$252Fx',
      '/cloudwatch/home?region=eu-central-1#logsV2:log-groups/log-group/$252Faws$252Fx',
    ],
    ['//evil.example/x', '//evil.example/x?region=eu-central-1'],
  ])('lands on the profile’s page %s in the region', (consolePath, page) => {
    expect(consoleDestination({ ...target, consolePath })).toBe(
      `https://console.aws.amazon.com${page}`,
    );
  });

  it('lands below a configured console', () => {
    expect(
      consoleDestination({
        ...target,
        consolePath: '/s3/buckets',
        configured: 'http://127.0.0.1:7010/console/',
      }),
    ).toBe('http://127.0.0.1:7010/console/s3/buckets?region=eu-central-1');
  });

  it.each([
    'https://console.aws.amazon.com/s3/buckets/payroll?region=eu-west-1#x',
    'https://eu-west-1.console.aws.amazon.com/s3/home',
  ])('takes the console page %s', destination => {
    expect(consoleDestination({ ...target, destination })).toBe(destination);
  });

  it.each([
    'http://console.aws.amazon.com/',
    'https://console.aws.amazon.com.evil.example/',
    'https://evil.example/console.aws.amazon.com',
    'https://console.aws.amazon.com@evil.example/',
    'https://me:secret@console.aws.amazon.com/',
    'https://console.aws.amazon.com:8443/',
    'https://console.aws.amazon.com./',
    'https://evil.console.aws.amazon.com/',
    'https://eu-west-99.console.aws.amazon.com/',
    'https://us-gov-west-1.console.aws.amazon.com/',
    'https://console.amazonaws-us-gov.com/',
    'https://console.aws.amazon.com\\@evil.example/',
    'https://evil.example\\.console.aws.amazon.com/',
    '//console.aws.amazon.com/',
    ' https://console.aws.amazon.com/',
    'https://console.aws.amazon.com/\r\nLocation: https://evil.example',
    'ftp://console.aws.amazon.com/',
    'data:text/html,x',
    'https://ｃonsole.aws.amazon.com/',
    '',
  ])('pitfall 31: the destination %j is refused', destination => {
    expect(() => consoleDestination({ ...target, destination })).toThrow(
      expect.objectContaining({ code: 'destination-not-allowed' }),
    );
  });

  it.each([
    'http://127.0.0.1:7010/elsewhere',
    'http://127.0.0.1:7010/console-evil',
    'http://127.0.0.1:7010/console/../elsewhere',
    'http://127.0.0.1:7011/console/',
    'https://console.aws.amazon.com/',
    'http://eu-west-1.127.0.0.1:7010/console/',
  ])('pitfall 31: %s is not below the configured console', destination => {
    expect(() =>
      consoleDestination({
        ...target,
        destination,
        configured: 'http://127.0.0.1:7010/console/',
      }),
    ).toThrow(expect.objectContaining({ code: 'destination-not-allowed' }));
  });

  it('pitfall 31: a region is never taken over unchecked', () => {
    expect(() =>
      consoleDestination({ ...target, region: 'evil.example/' }),
    ).toThrow(expect.objectContaining({ code: 'region-unknown' }));
  });
});
