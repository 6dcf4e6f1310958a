import { Service } from '../Operation';
import { policyOperations } from './policies';
import { policyVersionOperations } from './policyVersions';
import { roleOperations } from './roles';
import { userOperations } from './users';

/** Identity and Access Management. */
export const iam: Service = {
  name: 'iam',
  protocol: 'query',
  xmlns: 'https://iam.amazonaws.com/doc/2010-05-08/',
  operations: {
    ...policyOperations,
    ...policyVersionOperations,
    ...roleOperations,
    ...userOperations,
  },
};
