import { readPeople } from './people';

const group = `kind: Group
metadata: {name: cloud-admins, title: Cloud admins}
`;
const user = (name: string, email = `${name}@example.com`) => `kind: User
metadata: {name: ${name}, description: Engineer}
spec:
  profile: {displayName: ${name.toUpperCase()}, email: ${email}}
  memberOf: [cloud-admins, unknown-group]
`;

describe('readPeople', () => {
  it('reads users with the titles of their groups', () => {
    expect(readPeople([group, user('mary')].join('---\n'))).toEqual([
      {
        name: 'mary',
        displayName: 'MARY',
        email: 'mary@example.com',
        description: 'Engineer',
        groups: ['Cloud admins', 'unknown-group'],
      },
    ]);
  });

  it('refuses a user without an e-mail address, by name', () => {
    expect(() =>
      readPeople('kind: User\nmetadata: {name: mary}\nspec: {}\n'),
    ).toThrow('User mary has no spec.profile.email');
  });

  it('refuses two users with one e-mail address', () => {
    const text = [user('mary'), user('bob', 'mary@example.com')].join('---\n');

    expect(() => readPeople(text)).toThrow(
      'Two users share the email mary@example.com',
    );
  });

  it('refuses a file that is not YAML', () => {
    expect(() => readPeople('kind: [User\n')).toThrow('not valid YAML');
  });
});
