/** What to run to sign in, at the portal that is talked of: another may be the current one. */
export function loginHint(portal: string | undefined): string {
  return `break-glass login --portal ${portal ?? 'https://portal.example.com'}`;
}
