/** Our annotation of an account entity: the 12-digit id. */
export const ANNOTATION_ACCOUNT_ID = 'amazonaws.com/account-id';
/** The same in the other dialect. */
export const ANNOTATION_ACCOUNT_ID_OTHER = 'amazon.com/account-id';
/** ARN of the account or of anything in it; gives the partition. */
export const ANNOTATION_ACCOUNT_ARN = 'amazonaws.com/arn';
/** Main region of the account. */
export const ANNOTATION_ACCOUNT_REGION = 'amazonaws.com/region';
/** Label whose value `suspended` takes an account out of use. */
export const LABEL_ACCOUNT_STATUS = 'amazonaws.com/account-status';
/** Types of `Resource` that are AWS accounts. */
export const ACCOUNT_TYPES = ['cloud-account', 'aws-account'] as const;
