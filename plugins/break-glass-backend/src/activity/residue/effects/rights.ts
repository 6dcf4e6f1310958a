import { Effects, Pair, pairs } from '../effect';

/** Rights of users, roles and groups. */
const attached = (
  principal: 'User' | 'Role' | 'Group',
  nameOf: string,
): Pair[] => [
  {
    kind: 'grant',
    type: `${principal.toLowerCase()}-attached-policy`,
    makes: [`iam:Attach${principal}Policy`],
    removes: [`iam:Detach${principal}Policy`],
    by: [nameOf, 'policyArn'],
    what: ([name, policy]) =>
      `Policy ${policy} on ${principal.toLowerCase()} ${name}`,
  },
  {
    kind: 'grant',
    type: `${principal.toLowerCase()}-inline-policy`,
    makes: [`iam:Put${principal}Policy`],
    removes: [`iam:Delete${principal}Policy`],
    by: [nameOf, 'policyName'],
    what: ([name, policy]) =>
      `Inline policy ${policy} of ${principal.toLowerCase()} ${name}`,
  },
];

/** What principals may do from now on. */
export const rights: Effects = pairs([
  ...attached('User', 'userName'),
  ...attached('Role', 'roleName'),
  ...attached('Group', 'groupName'),
  {
    kind: 'grant',
    type: 'group-membership',
    makes: ['iam:AddUserToGroup'],
    removes: ['iam:RemoveUserFromGroup'],
    by: ['groupName', 'userName'],
    what: ([group, user]) => `User ${user} in group ${group}`,
  },
  {
    kind: 'grant',
    type: 'policy-version',
    makes: ['iam:CreatePolicyVersion'],
    removes: ['iam:DeletePolicyVersion'],
    by: ['policyArn', 'versionId'],
    what: ([policy, version]) => `Version ${version} of policy ${policy}`,
  },
  {
    kind: 'grant',
    type: 'default-policy-version',
    makes: ['iam:SetDefaultPolicyVersion'],
    by: ['policyArn', 'versionId'],
    what: ([policy, version]) =>
      `Version ${version} of policy ${policy}, which is in force now`,
  },
  {
    kind: 'grant',
    type: 'instance-profile-role',
    makes: ['iam:AddRoleToInstanceProfile'],
    removes: ['iam:RemoveRoleFromInstanceProfile'],
    by: ['instanceProfileName', 'roleName'],
    what: ([profile, role]) => `Role ${role} in instance profile ${profile}`,
  },
  {
    kind: 'grant',
    type: 'instance-profile-of-instance',
    makes: [
      'ec2:AssociateIamInstanceProfile',
      'ec2:ReplaceIamInstanceProfileAssociation',
    ],
    removes: ['ec2:DisassociateIamInstanceProfile'],
    by: ['associationId'],
    what: ([id]) => `Role of an instance, by association ${id}`,
  },
  {
    kind: 'grant',
    type: 'user-boundary',
    makes: ['iam:DeleteUserPermissionsBoundary'],
    removes: ['iam:PutUserPermissionsBoundary'],
    by: ['userName'],
    what: ([user]) => `User ${user} without a permissions boundary`,
  },
  {
    kind: 'grant',
    type: 'role-boundary',
    makes: ['iam:DeleteRolePermissionsBoundary'],
    removes: ['iam:PutRolePermissionsBoundary'],
    by: ['roleName'],
    what: ([role]) => `Role ${role} without a permissions boundary`,
  },
  {
    kind: 'grant',
    type: 'kms-grant',
    makes: ['kms:CreateGrant'],
    removes: ['kms:RevokeGrant', 'kms:RetireGrant'],
    by: ['grantId'],
    what: ([id], call) =>
      `Grant ${id} on key ${call.text('keyId') ?? 'unknown'} for ${
        call.text('granteePrincipal') ?? 'somebody'
      }`,
  },
  {
    kind: 'grant',
    type: 'delegated-administrator',
    makes: ['organizations:RegisterDelegatedAdministrator'],
    removes: ['organizations:DeregisterDelegatedAdministrator'],
    by: ['servicePrincipal', 'accountId'],
    what: ([service, account]) =>
      `Account ${account} as administrator of ${service} in the organization`,
  },
]);
