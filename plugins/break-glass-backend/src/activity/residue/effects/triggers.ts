import { member } from '../../cloudTrailRecord';
import { Call } from '../Call';
import { Effect, Effects, orElse, Path, pairs, shortName } from '../effect';

const busOf = orElse('eventBusName', 'default');

/** What starts something later, or sends data somewhere from now on. */
export const triggers: Effects = {
  ...pairs([
    {
      kind: 'rule',
      type: 'event-rule',
      makes: ['events:PutRule', 'events:EnableRule'],
      removes: ['events:DeleteRule', 'events:DisableRule'],
      by: [busOf, 'name'],
      what: ([, rule]) => `Event rule ${rule}`,
    },
    {
      kind: 'rule',
      type: 'schedule',
      makes: ['scheduler:CreateSchedule', 'scheduler:UpdateSchedule'],
      removes: ['scheduler:DeleteSchedule'],
      by: [orElse('groupName', 'default'), 'name'],
      what: ([, schedule]) => `Schedule ${schedule}`,
    },
    {
      kind: 'rule',
      type: 'pipe',
      makes: ['pipes:CreatePipe'],
      removes: ['pipes:DeletePipe'],
      by: ['name'],
      what: ([pipe]) => `Pipe ${pipe}`,
    },
    {
      kind: 'rule',
      type: 'event-source-mapping',
      makes: [
        'lambda:CreateEventSourceMapping',
        'lambda:UpdateEventSourceMapping',
      ],
      removes: ['lambda:DeleteEventSourceMapping'],
      by: ['uUID'],
      what: ([id], call) =>
        `Trigger ${id} of function ${call.text('functionName') ?? 'unknown'}`,
    },
    {
      kind: 'rule',
      type: 'bucket-notification',
      makes: [
        's3:PutBucketNotification',
        's3:PutBucketNotificationConfiguration',
      ],
      removes: ['s3:DeleteBucket'],
      by: ['bucketName'],
      what: ([bucket]) => `Notifications of bucket ${bucket}`,
    },
    {
      kind: 'rule',
      type: 'log-subscription',
      makes: ['logs:PutSubscriptionFilter'],
      removes: ['logs:DeleteSubscriptionFilter'],
      by: ['logGroupName', 'filterName'],
      what: ([group, filter]) => `Subscription ${filter} of log group ${group}`,
    },
    {
      kind: 'rule',
      type: 'topic-subscription',
      makes: ['sns:Subscribe'],
      removes: ['sns:Unsubscribe'],
      by: ['subscriptionArn'],
      what: ([subscription]) => `Topic subscription ${subscription}`,
    },
    {
      kind: 'rule',
      type: 'iot-rule',
      makes: ['iot:CreateTopicRule'],
      removes: ['iot:DeleteTopicRule'],
      by: ['ruleName'],
      what: ([rule]) => `IoT rule ${rule}`,
    },
  ]),
  'events:PutTargets': targetsPut,
  'events:RemoveTargets': targetsRemoved,
};

/** One item for each target: they are put and removed one by one. */
function targetsPut(call: Call): Effect {
  const rule = call.text('rule') ?? 'without a name in the record';
  const targets = [call.asked('targets') ?? []].flat();
  const listed = targets.length > 0 ? targets : [undefined];
  return {
    made: listed.map(target => {
      const { id, arn } = {
        id: textIn(target, 'id'),
        arn: textIn(target, 'arn'),
      };
      return {
        kind: 'rule',
        path: targetPath(call, id ?? `event ${call.event.eventId}`),
        what: `Target ${
          arn ?? id ?? 'without a name in the record'
        } of event rule ${rule}`,
        resource: arn ?? rule,
      };
    }),
  };
}

/** Where AWS says that it could not remove one of them, none counts as removed. */
function targetsRemoved(call: Call): Effect {
  const hasFailed = (call.text('failedEntryCount') ?? '0') !== '0';
  const ids = [call.asked('ids') ?? []].flat();
  return {
    removed: hasFailed
      ? []
      : ids.flatMap(id =>
          typeof id === 'string' ? [targetPath(call, id)] : [],
        ),
  };
}

function targetPath(call: Call, id: string): Path {
  const rule = call.text('rule') ?? `event ${call.event.eventId}`;
  return ['event-target', shortName(busOf(call)), rule, id];
}

function textIn(value: unknown, name: string): string | undefined {
  const found = member(value, name);
  return typeof found === 'string' ? found : undefined;
}
