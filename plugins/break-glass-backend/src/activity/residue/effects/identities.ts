import { grantees } from '../../policyGrants';
import { Call } from '../Call';
import { Effects, pairs } from '../effect';

/** Users, roles, groups and providers: who can come back. */
export const identities: Effects = pairs([
  {
    kind: 'principal',
    type: 'user',
    makes: ['iam:CreateUser'],
    removes: ['iam:DeleteUser'],
    by: ['userName'],
    what: ([user]) => `User ${user}`,
  },
  {
    kind: 'principal',
    type: 'role',
    makes: ['iam:CreateRole', 'iam:CreateServiceLinkedRole'],
    removes: ['iam:DeleteRole', 'iam:DeleteServiceLinkedRole'],
    by: ['roleName'],
    what: ([role], call) => `Role ${role}${trusting(call)}`,
  },
  {
    kind: 'principal',
    type: 'group',
    makes: ['iam:CreateGroup'],
    removes: ['iam:DeleteGroup'],
    by: ['groupName'],
    what: ([group]) => `Group ${group}`,
  },
  {
    kind: 'principal',
    type: 'instance-profile',
    makes: ['iam:CreateInstanceProfile'],
    removes: ['iam:DeleteInstanceProfile'],
    by: ['instanceProfileName'],
    what: ([profile]) => `Instance profile ${profile}`,
  },
  {
    kind: 'principal',
    type: 'identity-center-user',
    makes: ['identitystore:CreateUser'],
    removes: ['identitystore:DeleteUser'],
    by: ['userId'],
    what: ([user]) => `Identity Center user ${user}`,
  },
  {
    kind: 'principal',
    type: 'identity-center-membership',
    makes: ['identitystore:CreateGroupMembership'],
    removes: ['identitystore:DeleteGroupMembership'],
    by: ['membershipId'],
    what: ([id]) => `Membership ${id} of an Identity Center group`,
  },
  {
    kind: 'principal',
    type: 'permission-set',
    makes: ['sso:CreatePermissionSet'],
    removes: ['sso:DeletePermissionSet'],
    by: ['permissionSetArn'],
    what: ([set]) => `Identity Center permission set ${set}`,
  },
  {
    kind: 'grant',
    type: 'permission-set',
    below: ['inline'],
    makes: ['sso:PutInlinePolicyToPermissionSet'],
    removes: ['sso:DeleteInlinePolicyFromPermissionSet'],
    by: ['permissionSetArn'],
    what: ([set]) => `Inline policy of Identity Center permission set ${set}`,
  },
  {
    kind: 'grant',
    type: 'permission-set',
    below: ['managed'],
    makes: ['sso:AttachManagedPolicyToPermissionSet'],
    removes: ['sso:DetachManagedPolicyFromPermissionSet'],
    by: ['permissionSetArn', 'managedPolicyArn'],
    what: ([set, policy]) =>
      `Policy ${policy} on Identity Center permission set ${set}`,
  },
  {
    kind: 'grant',
    type: 'account-assignment',
    makes: ['sso:CreateAccountAssignment'],
    removes: ['sso:DeleteAccountAssignment'],
    by: ['targetId', 'permissionSetArn', 'principalId'],
    what: ([account, , principal]) =>
      `Identity Center access of ${principal} to account ${account}`,
  },
  {
    kind: 'principal',
    type: 'cluster-access',
    makes: ['eks:CreateAccessEntry'],
    removes: ['eks:DeleteAccessEntry'],
    by: ['name', 'principalArn'],
    what: ([cluster, principal]) =>
      `Access of ${principal} to cluster ${cluster}`,
  },
  {
    kind: 'grant',
    type: 'cluster-policy',
    makes: ['eks:AssociateAccessPolicy'],
    removes: ['eks:DisassociateAccessPolicy'],
    by: ['name', 'principalArn', 'policyArn'],
    what: ([cluster, principal]) =>
      `Rights of ${principal} in cluster ${cluster}`,
  },
  {
    kind: 'principal',
    type: 'transfer-user',
    makes: ['transfer:CreateUser'],
    removes: ['transfer:DeleteUser'],
    by: ['serverId', 'userName'],
    what: ([server, user]) => `User ${user} of transfer server ${server}`,
  },
  {
    kind: 'trust',
    type: 'saml-provider',
    makes: ['iam:CreateSAMLProvider', 'iam:UpdateSAMLProvider'],
    removes: ['iam:DeleteSAMLProvider'],
    by: ['sAMLProviderArn'],
    what: ([provider]) => `SAML provider ${provider}`,
  },
  {
    kind: 'trust',
    type: 'oidc-provider',
    makes: [
      'iam:CreateOpenIDConnectProvider',
      'iam:UpdateOpenIDConnectProviderThumbprint',
    ],
    removes: ['iam:DeleteOpenIDConnectProvider'],
    by: ['openIDConnectProviderArn'],
    what: ([provider]) => `OpenID Connect provider ${provider}`,
  },
  {
    kind: 'trust',
    type: 'oidc-client',
    makes: ['iam:AddClientIDToOpenIDConnectProvider'],
    removes: ['iam:RemoveClientIDFromOpenIDConnectProvider'],
    by: ['openIDConnectProviderArn', 'clientID'],
    what: ([provider, client]) =>
      `Client ${client} of OpenID Connect provider ${provider}`,
  },
  {
    kind: 'trust',
    type: 'trust-anchor',
    makes: ['rolesanywhere:CreateTrustAnchor'],
    removes: ['rolesanywhere:DeleteTrustAnchor'],
    by: ['trustAnchorId'],
    what: ([anchor]) => `Trust anchor ${anchor} for roles from anywhere`,
  },
  {
    kind: 'trust',
    type: 'anywhere-profile',
    makes: ['rolesanywhere:CreateProfile'],
    removes: ['rolesanywhere:DeleteProfile'],
    by: ['profileId'],
    what: ([profile]) => `Profile ${profile} for roles from anywhere`,
  },
  {
    kind: 'trust',
    // What it was before cannot be told: it goes only with the role.
    type: 'role',
    below: ['trust'],
    makes: ['iam:UpdateAssumeRolePolicy'],
    by: ['roleName'],
    what: ([role], call) => `Trust policy of role ${role}${trusting(call)}`,
  },
]);

const NAMED = 3;

function trusting(call: Call): string {
  const trusted = grantees(call.request);
  if (trusted.length === 0) {
    return '';
  }
  const more = trusted.length - NAMED;
  const names = trusted
    .slice(0, NAMED)
    .map(each => (each === '*' ? 'everybody' : each));
  return `, which ${names.join(', ')}${
    more > 0 ? ` and ${more} more` : ''
  } may assume`;
}
