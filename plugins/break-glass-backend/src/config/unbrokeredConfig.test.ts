import { ConfigReader } from '@backstage/config';
import { aSection } from '../testing/section';
import { readBreakGlassConfig } from './readConfig';

function read(unbrokered?: object) {
  const section = JSON.parse(JSON.stringify({ ...aSection(), unbrokered }));
  return readBreakGlassConfig(new ConfigReader({ breakGlass: section }), {
    repositoryRoot: '/repository',
  }).unbrokered;
}

const USER = 'arn:${partition}:iam::${accountId}:user/emergency/break-glass-1';
const aUser = (change: object = {}) => ({
  arn: USER,
  title: 'Seal 1',
  owner: 'group:default/security',
  ...change,
});

describe('breakGlass.unbrokered', () => {
  it('watches every lease role, and the responders explain, where nothing is said', () => {
    expect(read()).toEqual({
      roleIds: ['break-glass'],
      emergencyUsers: [],
      lookEveryMinutes: 15,
      lookBackMinutes: 2_880,
      dueMinutes: 1_440,
      owner: 'group:default/incident-responders',
      remindBeforeMinutes: 240,
      remindEveryMinutes: 240,
      escalateAfterMinutes: 1_440,
      escalateTo: {
        groups: ['group:default/security-reviewers'],
        users: [],
        accountOwner: false,
      },
      topic: 'break-glass.cloudtrail',
    });
  });

  it('takes standing roles, users of one account and other people', () => {
    const config = read({
      roles: ['read-only'],
      emergencyUsers: [
        aUser({ owner: 'User:Mary' }),
        aUser({ arn: 'arn:aws:iam::111122223333:root' }),
      ],
      owner: 'user:default/mary',
    });
    expect(config.roleIds).toEqual(['read-only']);
    expect(config.emergencyUsers[0].owner).toBe('user:default/mary');
    expect(config.owner).toBe('user:default/mary');
  });

  it.each<[string, object, string]>([
    ['a role that is not there', { roles: ['nope'] }, 'roles[0]: there is no'],
    ['no role at all', { roles: [] }, 'roles: '],
    [
      'a wildcard',
      { emergencyUsers: [aUser({ arn: 'arn:aws:iam::111122223333:user/*' })] },
      'emergencyUsers[0].arn: must be the ARN of an IAM user',
    ],
    [
      'another account id that is none',
      { emergencyUsers: [aUser({ arn: 'arn:aws:iam::12:user/x' })] },
      'emergencyUsers[0].arn: must be the ARN of an IAM user',
    ],
    [
      'a partition that is not configured',
      { emergencyUsers: [aUser({ arn: 'arn:aws-cn:iam::111122223333:root' })] },
      'emergencyUsers[0].arn: the partition aws-cn is not configured',
    ],
    [
      'a user twice',
      { emergencyUsers: [aUser(), aUser()] },
      'emergencyUsers[1].arn: is there twice',
    ],
    [
      'a seal that nobody holds',
      { emergencyUsers: [aUser({ owner: undefined })] },
      'emergencyUsers[0].owner: is missing',
    ],
    [
      'an owner that is no group or user',
      { owner: 'component:default/x' },
      'owner: must be a group or a user',
    ],
    ['a short key', { ingressKey: 'guess-me' }, 'ingressKey: must have'],
    ['a topic with a path', { topic: '../x' }, 'topic: must be a topic'],
    ['a typo', { lookevery: '1h' }, 'lookevery: unknown key'],
  ])('%s stops the start', (_what, unbrokered, message) => {
    expect(() => read(unbrokered)).toThrow(`breakGlass.unbrokered.${message}`);
  });
});
