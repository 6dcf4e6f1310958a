import { createTranslationRef } from '@backstage/core-plugin-api/alpha';
import { account, role, unusable } from './messages/account';
import { common, errors, states } from './messages/common';
import { evidence, residue, understanding } from './messages/evidence';
import { brokerCheck, health } from './messages/health';
import { insights } from './messages/insights';
import { approvals, lease, mine, page, reviews } from './messages/lease';
import { panic } from './messages/panic';
import { credentials, request } from './messages/request';
import { audit, review, timeline } from './messages/review';
import { followUps, unbrokered } from './messages/unbrokered';

/** All text of the plugin; portals translate or override it by this reference. */
export const breakGlassTranslationRef = createTranslationRef({
  id: 'plugin.break-glass',
  messages: {
    common,
    errors,
    states,
    account,
    unusable,
    role,
    request,
    credentials,
    page,
    mine,
    approvals,
    reviews,
    lease,
    timeline,
    understanding,
    residue,
    evidence,
    review,
    followUps,
    unbrokered,
    panic,
    health,
    brokerCheck,
    audit,
    insights,
  },
});
