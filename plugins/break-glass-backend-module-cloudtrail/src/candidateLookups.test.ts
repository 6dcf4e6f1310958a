import { Scene } from 'backstage-plugin-break-glass-node/testUtils';
import { candidateLookups } from './candidateLookups';

const scene = new Scene(Date.parse('2026-10-01T11:00:00Z'));
const query = scene.query();

describe('candidateLookups', () => {
  it('looks up by name, by role and by each key', () => {
    const accessKeyIds = ['ASIA1', 'ASIA2'];
    expect(candidateLookups({ ...query, accessKeyIds })).toEqual([
      { key: 'Username', value: query.sessionName },
      { key: 'ResourceName', value: query.roleArn },
      { key: 'AccessKeyId', value: 'ASIA1' },
      { key: 'AccessKeyId', value: 'ASIA2' },
    ]);
  });

  it('leaves empty values out, which AWS refuses', () => {
    const nothing = { ...query, sessionName: '', accessKeyIds: [''] };
    expect(candidateLookups(nothing)).toEqual([
      { key: 'ResourceName', value: query.roleArn },
    ]);
  });
});
