import { CloudTrailRecord, text } from './cloudTrailRecord';

/**
 * Error codes by which AWS services say that the caller may not. Some write
 * `Client.` before the code, some `Exception` behind it.
 */
const REFUSALS = new Set([
  'accessdenied',
  'accessdeniedexception',
  'unauthorized',
  'unauthorizedoperation',
  'unauthorizedexception',
  'unauthorizedaccess',
  'unauthorizedrequestexception',
  'authfailure',
  'authorizationerror',
  'authorizationerrorexception',
  'forbidden',
  'forbiddenexception',
  'notauthorized',
  'notauthorizedexception',
  'userunauthorizedexception',
  'insufficientprivilegesexception',
  'insufficientpermissionsexception',
  'expiredtoken',
  'expiredtokenexception',
  'invalidclienttokenid',
  'kmsaccessdeniedexception',
]);

/** Whether AWS refused the call because the caller may not make it. Other errors are no refusals. */
export function isRefused(record: CloudTrailRecord): boolean {
  const code = text(record, 'errorCode');
  if (code) {
    const plain = code
      .replace(/^(Client|Server)\./, '')
      .replace(/[^A-Za-z]/g, '');
    return REFUSALS.has(plain.toLowerCase());
  }
  return text(record, 'responseElements', 'ConsoleLogin') === 'Failure';
}
