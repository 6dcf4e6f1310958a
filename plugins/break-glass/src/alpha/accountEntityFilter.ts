import {
  ACCOUNT_TYPES,
  ANNOTATION_ACCOUNT_ID,
  ANNOTATION_ACCOUNT_ID_OTHER,
} from 'backstage-plugin-break-glass-common';

const isAccount = {
  kind: 'resource',
  'spec.type': { $in: [...ACCOUNT_TYPES] },
};
const hasOurId = {
  [`metadata.annotations.${ANNOTATION_ACCOUNT_ID}` as const]: { $exists: true },
};
const hasOtherId = {
  [`metadata.annotations.${ANNOTATION_ACCOUNT_ID_OTHER}` as const]: {
    $exists: true,
  },
};
const hasAccountId = { $any: [hasOurId, hasOtherId] };

/** Account entities of both dialects, as a filter predicate that configuration may override. */
export const accountEntityFilter = { $all: [isAccount, hasAccountId] };
