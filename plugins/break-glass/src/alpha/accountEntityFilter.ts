import {
  ACCOUNT_TYPES,
  ANNOTATION_ACCOUNT_ID,
  ANNOTATION_ACCOUNT_ID_OTHER,
} from 'backstage-plugin-break-glass-common';

/** Account entities of both dialects, as a filter predicate that configuration may override. */
export const accountEntityFilter = {
  kind: 'resource',
  'spec.type': { $in: [...ACCOUNT_TYPES] },
  $any: [ANNOTATION_ACCOUNT_ID, ANNOTATION_ACCOUNT_ID_OTHER].map(name => ({
    [`metadata.annotations.${name}`]: { $exists: true },
  })),
};
