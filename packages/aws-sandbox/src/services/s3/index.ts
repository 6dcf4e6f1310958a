import { Service } from '../Operation';
import { bucketPolicyOperations } from './bucketPolicies';
import { bucketOperations } from './buckets';
import { objectOperations } from './objects';

/** The Simple Storage Service. */
export const s3: Service = {
  name: 's3',
  protocol: 's3',
  xmlns: 'http://s3.amazonaws.com/doc/2006-03-01/',
  recordsRefusedParameters: true,
  operations: {
    ...bucketOperations,
    ...bucketPolicyOperations,
    ...objectOperations,
  },
};
