import { Effects, pairs } from '../effect';

/** Boundaries that were put on users and roles: a wider one is a right, and how wide cannot be told from the name. */
export const boundaries: Effects = pairs([
  {
    kind: 'grant',
    type: 'user-boundary-put',
    makes: ['iam:PutUserPermissionsBoundary'],
    removes: ['iam:DeleteUser'],
    by: ['userName'],
    what: ([user], call) =>
      `Permissions boundary ${
        call.text('permissionsBoundary') ?? 'unknown'
      } of user ${user}`,
  },
  {
    kind: 'grant',
    type: 'role-boundary-put',
    makes: ['iam:PutRolePermissionsBoundary'],
    removes: ['iam:DeleteRole'],
    by: ['roleName'],
    what: ([role], call) =>
      `Permissions boundary ${
        call.text('permissionsBoundary') ?? 'unknown'
      } of role ${role}`,
  },
]);
