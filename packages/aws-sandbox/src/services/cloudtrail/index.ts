import { AwsError } from '../../AwsError';
import { Trail } from '../../world/entities';
import { requiredText } from '../input';
import { Call, Operation, Service } from '../Operation';
import { lookupEvents } from './lookupEvents';

const nameOf = (call: Call) => requiredText(call.input, 'Name');

function trailArn(call: Call): string {
  const name = nameOf(call);
  const { partition, accountId } = call.caller;
  return name.startsWith('arn:')
    ? name
    : `arn:${partition}:cloudtrail:${call.region}:${accountId}:trail/${name}`;
}

function findTrail(call: Call): Trail {
  const { trail } = call.caller.account;
  const arn = trailArn(call);
  if (!trail || trail.deleted || trail.arn !== arn) {
    throw new AwsError(
      'TrailNotFoundException',
      `Unknown trail: ${arn} for the user: ${call.caller.accountId}`,
      400,
    );
  }
  return trail;
}

function trailOperation(
  name: string,
  readOnly: boolean,
  run: (trail: Trail, call: Call) => Record<string, string | number | boolean>,
): Operation {
  return {
    readOnly,
    demands: call => [
      { action: `cloudtrail:${name}`, resource: trailArn(call) },
    ],
    run: call => ({ output: run(findTrail(call), call) }),
    requestParameters: call => ({ name: nameOf(call) }),
  };
}

const describeTrails: Operation = {
  readOnly: true,
  demands: () => [
    { action: 'cloudtrail:DescribeTrails', resource: '*', label: '' },
  ],
  run: ({ caller }) => {
    const { trail, region } = caller.account;
    const trails = trail && !trail.deleted ? [trail] : [];
    return {
      output: {
        trailList: trails.map(({ name, arn, bucket }) => ({
          Name: name,
          TrailARN: arn,
          S3BucketName: bucket,
          HomeRegion: region,
          IsMultiRegionTrail: true,
          IncludeGlobalServiceEvents: true,
          LogFileValidationEnabled: false,
          HasCustomEventSelectors: true,
        })),
      },
    };
  },
  requestParameters: () => null,
};

function stop(trail: Trail, call: Call) {
  trail.logging = false;
  trail.stoppedBy = call.requestId;
  return {};
}

/** CloudTrail's event history, and its own switches: who may throw them really stops the records. */
export const cloudtrail: Service = {
  name: 'cloudtrail',
  protocol: 'json',
  operations: {
    DescribeTrails: describeTrails,
    LookupEvents: lookupEvents,
    GetTrailStatus: trailOperation('GetTrailStatus', true, trail => ({
      IsLogging: trail.logging,
      ...(trail.latestDeliveryAt !== undefined && {
        LatestDeliveryTime: trail.latestDeliveryAt / 1000,
      }),
    })),
    StartLogging: trailOperation('StartLogging', false, trail => {
      trail.logging = true;
      return {};
    }),
    StopLogging: trailOperation('StopLogging', false, stop),
    DeleteTrail: trailOperation('DeleteTrail', false, (trail, call) => {
      trail.deleted = true;
      return stop(trail, call);
    }),
  },
};
