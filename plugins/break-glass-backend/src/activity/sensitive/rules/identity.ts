import { SensitiveRule } from '../SensitiveRule';

/** Who can come back, and what they may do then. */
export const identity: SensitiveRule[] = [
  {
    id: 'credential-creation',
    title: 'New credentials',
    why: 'It makes or revives credentials that outlive the lease.',
    cases: [
      {
        events: [
          'iam:CreateAccessKey',
          'iam:UpdateAccessKey',
          'iam:CreateLoginProfile',
          'iam:UpdateLoginProfile',
          'iam:ChangePassword',
          'iam:CreateServiceSpecificCredential',
          'iam:ResetServiceSpecificCredential',
          'iam:UploadSSHPublicKey',
          'iam:UploadSigningCertificate',
          'iam:CreateVirtualMFADevice',
          'iam:EnableMFADevice',
          'iam:DeactivateMFADevice',
          'ec2:CreateKeyPair',
          'ec2:ImportKeyPair',
          'sts:GetFederationToken',
          'sts:GetSessionToken',
          'appsync:CreateApiKey',
          'iot:CreateKeysAndCertificate',
        ],
      },
    ],
  },
  {
    id: 'principal-creation',
    title: 'New user, role or provider',
    why: 'It makes a user, role or identity provider that outlives the lease.',
    cases: [
      {
        events: [
          'iam:CreateUser',
          'iam:CreateRole',
          'iam:CreateGroup',
          'iam:CreateInstanceProfile',
          'iam:CreateSAMLProvider',
          'iam:CreateOpenIDConnectProvider',
          'rolesanywhere:CreateTrustAnchor',
          'rolesanywhere:CreateProfile',
          'sso:CreateAccountAssignment',
          'sso:CreatePermissionSet',
          'identitystore:CreateUser',
          'eks:CreateAccessEntry',
          'transfer:CreateUser',
        ],
      },
    ],
  },
  {
    id: 'trust-change',
    title: 'Change of trust',
    why: 'It changes who may take on a role.',
    cases: [
      {
        events: [
          'iam:UpdateAssumeRolePolicy',
          'iam:UpdateSAMLProvider',
          'iam:UpdateOpenIDConnectProviderThumbprint',
          'iam:AddClientIDToOpenIDConnectProvider',
          'rolesanywhere:UpdateTrustAnchor',
        ],
      },
    ],
  },
  {
    id: 'permission-change',
    title: 'Change of rights',
    why: 'It changes what somebody may do, or takes a limit off.',
    cases: [
      {
        events: [
          'iam:AttachUserPolicy',
          'iam:AttachRolePolicy',
          'iam:AttachGroupPolicy',
          'iam:DetachUserPolicy',
          'iam:DetachRolePolicy',
          'iam:PutUserPolicy',
          'iam:PutRolePolicy',
          'iam:PutGroupPolicy',
          'iam:DeleteUserPolicy',
          'iam:DeleteRolePolicy',
          'iam:CreatePolicyVersion',
          'iam:SetDefaultPolicyVersion',
          'iam:AddUserToGroup',
          'iam:AddRoleToInstanceProfile',
          'iam:DeleteRolePermissionsBoundary',
          'iam:PutRolePermissionsBoundary',
          'iam:DeleteUserPermissionsBoundary',
          'iam:PutUserPermissionsBoundary',
          'kms:CreateGrant',
          'kms:PutKeyPolicy',
          'secretsmanager:PutResourcePolicy',
          'lakeformation:GrantPermissions',
          'eks:AssociateAccessPolicy',
        ],
      },
    ],
  },
];
