import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { variablesIn } from '../config/variables';
import { fillConsolePath } from './fillConsolePath';

const values = {
  accountId: '111122223333',
  partition: 'aws',
  region: 'eu-central-1',
};

describe('fillConsolePath', () => {
  it.each([
    [
      '/s3/buckets/${bucket}?prefix=${folder}',
      { bucket: 'payroll-reports', folder: '2026/final draft/' },
      '/s3/buckets/payroll-reports?prefix=2026%2Ffinal%20draft%2F',
    ],
    [
      '/lambda/home#/functions/${name}',
      { name: 'pay-run' },
      '/lambda/home#/functions/pay-run',
    ],
    [
      '/ec2/home#InstanceDetails:instanceId=${instance}',
      { instance: 'i-0a1b2c3d4e5f60718' },
      '/ec2/home#InstanceDetails:instanceId=i-0a1b2c3d4e5f60718',
    ],
    [
      '/cloudwatch/home#logsV2:log-groups/log-group/${logGroup}',
      { logGroup: '/aws/lambda/pay-run' },
      '/cloudwatch/home#logsV2:log-groups/log-group/$252Faws$252Flambda$252Fpay-run',
    ],
    [
      '/cloudwatch/home#alarmsV2:alarm/${alarm}',
      { alarm: 'Pay run: late' },
      '/cloudwatch/home#alarmsV2:alarm/Pay%20run%3A%20late',
    ],
    [
      '/cloudformation/home#/stacks/stackinfo?stackId=${stackArn}',
      { stackArn: 'arn:aws:cloudformation:eu-central-1:1:stack/pay/abc' },
      '/cloudformation/home#/stacks/stackinfo?stackId=arn%3Aaws%3Acloudformation%3Aeu-central-1%3A1%3Astack%2Fpay%2Fabc',
    ],
    [
      '/sqs/v3/home#/queues/https%3A%2F%2Fsqs.${region}.amazonaws.com%2F${accountId}%2F${queue}',
      { queue: 'pay-run.fifo' },
      '/sqs/v3/home#/queues/https%3A%2F%2Fsqs.eu-central-1.amazonaws.com%2F111122223333%2Fpay-run.fifo',
    ],
    [
      '/secretsmanager/secret?name=${name}',
      { name: 'payroll/database' },
      '/secretsmanager/secret?name=payroll%2Fdatabase',
    ],
  ])('fills %s', (pattern, parameters, page) => {
    expect(fillConsolePath(pattern, { ...values, ...parameters })).toBe(page);
  });

  it.each(documentedPaths())('fills the documented %s', documented => {
    const examples = variablesIn(documented).map(name => [name, 'x-1']);
    expect(fillConsolePath(documented, Object.fromEntries(examples))).toBe(
      documented.replace(/\$\{\w+\}/g, 'x-1'),
    );
  });

  it.each(['.', '..'])(
    'pitfall 31: the value %j leads to no other page',
    value => {
      expect(fillConsolePath('/s3/buckets/${x}', { x: value })).toBe(undefined);
      expect(fillConsolePath('/s3/${x}/${x}', { x: value })).toBe(undefined);
      expect(fillConsolePath('/s3/a${x}b', { x: value })).toBe(
        `/s3/a${value}b`,
      );
    },
  );

  it('has no path without a value for one of its variables', () => {
    expect(fillConsolePath('/s3/buckets/${x}', {})).toBe(undefined);
    expect(fillConsolePath(undefined, {})).toBe(undefined);
  });

  it('pitfall 31: for any text: the page stays the same, and the value can be read back whole', () => {
    const pattern = '/a/${x}/b?first=${x}&last=1#c/${x}/d';
    fc.assert(
      fc.property(hostile().filter(notDots), x => {
        const filled = fillConsolePath(pattern, { x });
        const url = new URL(`https://console.aws.amazon.com${filled}`);
        expect(url.origin).toBe('https://console.aws.amazon.com');
        expect(url.username + url.password + url.port).toBe('');
        const places = url.pathname.split('/');
        expect([places.length, places[1], places[3]]).toEqual([4, 'a', 'b']);
        expect(decodeURIComponent(places[2])).toBe(x);
        expect([...url.searchParams]).toEqual([
          ['first', x],
          ['last', '1'],
        ]);
        const inHash = url.hash.split('/');
        expect([inHash.length, inHash[0], inHash[2]]).toEqual([3, '#c', 'd']);
        expect(decodeURIComponent(inHash[1])).toBe(x);
      }),
      { numRuns: 1_000 },
    );
  });

  it('pitfall 31: for any text: the hash of logs stays the same, and the value can be read back whole', () => {
    fc.assert(
      fc.property(hostile(), logGroup => {
        const filled = fillConsolePath('/x#logsV2:log-group/${logGroup}', {
          logGroup,
        })!;
        const [before, value, ...more] = filled.split('/').slice(1);
        expect([before, more]).toEqual(['x#logsV2:log-group', []]);
        expect(value).toMatch(/^[\w.~$-]*$/);
        const once = decodeURIComponent(value.replaceAll('$', '%'));
        expect(decodeURIComponent(once)).toBe(logGroup);
      }),
      { numRuns: 1_000 },
    );
  });
});

/** Printable ASCII as parameters may hold, with what browsers find special more often than chance would have it. */
function hostile(): fc.Arbitrary<string> {
  const special = fc.constantFrom(
    ...['..', '.', '%2e', '//', '/', '\\', '?', '#', '&', '=', ':', '@', ';'],
    ...['%', '$', '${x}', '$252F', 'evil.example', 'https://', '+', ' ', 'a'],
  );
  return fc.oneof(
    fc.string({ maxLength: 60, unit: 'grapheme-ascii' }),
    fc.array(special, { maxLength: 8 }).map(parts => parts.join('')),
  );
}

/** Those two are refused, see above. */
function notDots(value: string): boolean {
  return value !== '.' && value !== '..';
}

/** The console paths of the table in the documentation. */
function documentedPaths(): string[] {
  const file = path.resolve(__dirname, '../../../../docs/configuration.md');
  const [, section] = readFileSync(file, 'utf8').split('### Console pages');
  const table = section.split('\n').filter(line => line.startsWith('|'));
  return table.join('\n').match(/(?<=`)\/[^`]+(?=`)/g)!;
}
