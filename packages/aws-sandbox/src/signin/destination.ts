/** The services that the console has a place for. */
const SERVICES = /^\/(s3|iam|ec2|secretsmanager)(?:\/|$)/;

/** The hosts of the real console, by partition; a region may stand before them. */
const CONSOLE_HOSTS = [
  'console.aws.amazon.com',
  'console.amazonaws-us-gov.com',
  'console.amazonaws.cn',
];

function isRealConsole(url: URL): boolean {
  return (
    url.protocol === 'https:' &&
    url.port === '' &&
    url.username === '' &&
    CONSOLE_HOSTS.some(
      host =>
        url.hostname === host ||
        (url.hostname.endsWith(`.${host}`) &&
          /^[a-z0-9-]+$/.test(url.hostname.slice(0, -host.length - 1))),
    )
  );
}

/**
 * Where a sign-in leads: the sandbox's console, with the place that the destination names.
 * The result is always a path of the sandbox itself, so that nobody is sent to a stranger.
 *
 * @param host - the `Host` of the request
 * @returns undefined when the destination is not a console
 */
export function consolePath(
  destination: string,
  host: string,
): string | undefined {
  let url: URL;
  try {
    url = new URL(destination);
  } catch {
    return undefined;
  }
  const own =
    url.origin === `http://${host}` && url.pathname.startsWith('/console');
  if (!own && !isRealConsole(url)) return undefined;
  const service = SERVICES.exec(url.pathname)?.[1];
  return service ? `/console/?service=${service}` : '/console/';
}
