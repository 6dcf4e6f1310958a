import { Operation, Service } from '../Operation';
import { assumeRole } from './assumeRole';

/** `sts:GetCallerIdentity`: needs valid keys and nothing else; no policy can refuse it. */
const getCallerIdentity: Operation = {
  readOnly: true,
  demands: () => [],
  run: ({ caller }) => ({
    output: {
      Arn: caller.arn,
      UserId: caller.userId,
      Account: caller.accountId,
    },
  }),
  requestParameters: () => null,
};

/** The Security Token Service. */
export const sts: Service = {
  name: 'sts',
  protocol: 'query',
  xmlns: 'https://sts.amazonaws.com/doc/2011-06-15/',
  // STS never says which policy is missing.
  explainsRefusals: false,
  operations: {
    AssumeRole: assumeRole,
    GetCallerIdentity: getCallerIdentity,
  },
};
