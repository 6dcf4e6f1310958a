import {
  ACCOUNT_TYPES,
  ANNOTATION_ACCOUNT_ID,
  ANNOTATION_ACCOUNT_ID_OTHER,
} from 'backstage-plugin-break-glass-common';

const isAccount = {
  kind: 'resource',
  'spec.type': { $in: [...ACCOUNT_TYPES] },
};

const hasAccountId = {
  $any: [
    { [`metadata.annotations.${ANNOTATION_ACCOUNT_ID}`]: { $exists: true } },
    {
      [`metadata.annotations.${ANNOTATION_ACCOUNT_ID_OTHER}`]: {
        $exists: true,
      },
    },
  ],
};

/** Account entities of both dialects, as a filter predicate that configuration may override. */
export const accountEntityFilter = { $all: [isAccount, hasAccountId] };
