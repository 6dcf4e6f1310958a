import { Effects, pairs } from '../effect';

/** What starts something later, or sends data somewhere from now on. */
export const triggers: Effects = pairs([
  {
    kind: 'rule',
    type: 'event-rule',
    makes: ['events:PutRule', 'events:EnableRule'],
    removes: ['events:DeleteRule', 'events:DisableRule'],
    by: ['name'],
    what: ([rule]) => `Event rule ${rule}`,
  },
  {
    kind: 'rule',
    type: 'event-target',
    makes: ['events:PutTargets'],
    removes: ['events:RemoveTargets'],
    by: ['rule'],
    what: ([rule]) => `Targets of event rule ${rule}`,
  },
  {
    kind: 'rule',
    type: 'schedule',
    makes: ['scheduler:CreateSchedule', 'scheduler:UpdateSchedule'],
    removes: ['scheduler:DeleteSchedule'],
    by: ['name'],
    what: ([schedule]) => `Schedule ${schedule}`,
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
]);
