import {
  ACCOUNT_TYPES,
  ANNOTATION_ACCOUNT_ID,
  ANNOTATION_ACCOUNT_ID_OTHER,
} from 'backstage-plugin-break-glass-common';

const isAccount = {
  kind: 'resource',
  'spec.type': { $in: [...ACCOUNT_TYPES] },
};

const has = (annotation: string) => ({
  [`metadata.annotations.${annotation}`]: { $exists: true as const },
});

const hasAccountId = {
  $any: [has(ANNOTATION_ACCOUNT_ID), has(ANNOTATION_ACCOUNT_ID_OTHER)],
};

/** Account entities of both dialects, as a filter predicate that configuration may override. */
export const accountEntityFilter = { $all: [isAccount, hasAccountId] };
