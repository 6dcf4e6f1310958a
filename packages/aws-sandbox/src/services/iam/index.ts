import { Service } from '../Operation';
import { accessKeyOperations } from './accessKeys';
import { policyOperations } from './policies';
import { policyVersionOperations } from './policyVersions';
import { roleOperations } from './roles';
import { userPolicyOperations } from './userPolicies';
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
    ...userPolicyOperations,
    ...accessKeyOperations,
  },
};
