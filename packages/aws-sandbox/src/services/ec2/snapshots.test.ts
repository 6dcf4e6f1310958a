import {
  CreateSnapshotCommand,
  DeleteSnapshotCommand,
  DescribeSnapshotsCommand,
  ModifySnapshotAttributeCommand,
} from '@aws-sdk/client-ec2';
import { failureOf, Keys, TestSandbox } from '../../__testUtils__/sandbox';

const VolumeId = 'vol-0a1b2c3d4e5f60718';

let aws: TestSandbox;
let keys: Keys;

beforeEach(async () => {
  aws = await TestSandbox.start();
  keys = await aws.assume({
    Tags: [{ Key: 'break-glass:residue', Value: 'reviewed' }],
  });
});

afterEach(() => aws.stop());

async function create() {
  const { SnapshotId } = await aws
    .ec2(keys)
    .send(new CreateSnapshotCommand({ VolumeId, Description: 'for Bob' }));
  return SnapshotId!;
}

const recordOf = async (name: string) =>
  (await aws.records('111122223333')).find(r => r.eventName === name);

it('is made, shown and deleted', async () => {
  const SnapshotId = await create();
  expect(SnapshotId).toMatch(/^snap-0[0-9a-f]{16}$/);
  const ec2 = aws.ec2(keys);
  const { Snapshots } = await ec2.send(new DescribeSnapshotsCommand({}));
  expect(Snapshots).toMatchObject([
    { SnapshotId, VolumeId, OwnerId: '111122223333', Description: 'for Bob' },
  ]);
  await ec2.send(new DeleteSnapshotCommand({ SnapshotId }));
  expect(
    await failureOf(ec2.send(new DeleteSnapshotCommand({ SnapshotId }))),
  ).toMatchObject({ code: 'InvalidSnapshot.NotFound' });
  expect(await recordOf('CreateSnapshot')).toMatchObject({
    readOnly: false,
    requestParameters: { volumeId: VolumeId, description: 'for Bob' },
    responseElements: {
      snapshotId: SnapshotId,
      volumeId: VolumeId,
      status: 'pending',
      ownerId: '111122223333',
      startTime: aws.clock.now(),
    },
  });
  expect(await recordOf('DeleteSnapshot')).toMatchObject({
    requestParameters: { snapshotId: SnapshotId, force: false },
    responseElements: { _return: true },
  });
});

it('is shared with accounts and with everybody, and taken back', async () => {
  const SnapshotId = await create();
  const modify = (CreateVolumePermission: object) =>
    aws.ec2(keys).send(
      new ModifySnapshotAttributeCommand({
        SnapshotId,
        CreateVolumePermission,
      }),
    );
  await modify({ Add: [{ UserId: '999988887777' }, { Group: 'all' }] });
  const { snapshots } = aws.sandbox.world.account('111122223333');
  const shared = () => [...snapshots.get(SnapshotId)!.sharedWith];
  expect(shared()).toEqual(['999988887777', 'all']);
  expect(await recordOf('ModifySnapshotAttribute')).toMatchObject({
    requestParameters: {
      snapshotId: SnapshotId,
      createVolumePermission: {
        add: { items: [{ userId: '999988887777' }, { group: 'all' }] },
      },
      attributeType: 'CREATE_VOLUME_PERMISSION',
    },
    responseElements: { _return: true },
  });
  await modify({ Remove: [{ Group: 'all' }] });
  expect(shared()).toEqual(['999988887777']);
  expect(await failureOf(modify({ Add: [{ UserId: '1' }] }))).toMatchObject({
    code: 'InvalidParameterValue',
  });
  expect(await failureOf(modify({}))).toMatchObject({
    code: 'MissingParameter',
  });
});
