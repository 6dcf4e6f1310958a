import { Partition } from 'backstage-plugin-break-glass-common';
import { splitConsolePath } from '../config/consolePath';
import { REGIONS } from '../config/regions';
import { inputError, unavailableError } from '../errors';
import { checkedRegion, partitionHosts } from './partitions';

/** Where in the console a person is to land. */
export interface ConsoleTarget {
  partition: Partition;
  region: string;
  /** Path of the profile below the console's host, filled in; starts with one slash. */
  consolePath?: string;
  /** A console URL that the person asked for. */
  destination?: string;
  /** Base URL of the console from the configuration, where the table's is not used. */
  configured?: string;
}

const DEFAULT_PATH = '/console/home';

/**
 * The `Destination` of a console sign-in: what the person asked for, if it is
 * exactly this partition's console, else the page of the profile in the region.
 *
 * @throws InputError `destination-not-allowed` where a destination leads
 *   anywhere else (pitfall 31), `region-unknown`, `partition-unknown`
 * @throws ServiceUnavailableError `aws-unavailable` where an ISO partition's
 *   console host is not configured (pitfall 29)
 */
export function consoleDestination(target: ConsoleTarget): string {
  const region = checkedRegion(target.partition, target.region);
  const base = consoleBase(target);
  return target.destination === undefined
    ? pageOfProfile(base, target.consolePath ?? DEFAULT_PATH, region)
    : asked(base, target.destination, target);
}

function consoleBase(target: ConsoleTarget): URL {
  const host = partitionHosts(target.partition).console;
  const base = target.configured ?? (host && `https://${host}`);
  if (!base) {
    throw unavailableError(
      'aws-unavailable',
      `The console of the partition ${target.partition} is not configured. Ask the platform team to set breakGlass.partitions.${target.partition}.endpoints.console. Nothing was issued.`,
    );
  }
  return new URL(base);
}

function pageOfProfile(base: URL, path: string, region: string): string {
  const { pathname, query, hash } = splitConsolePath(path);
  const url = new URL(base.origin);
  url.pathname = basePath(base) + pathname;
  url.search = withRegion(query, region);
  url.hash = hash;
  return url.href;
}

/** Added as text: written anew, a query would lose the encoding that its page wants. */
function withRegion(query: string, region: string): string {
  return new URLSearchParams(query).has('region')
    ? query
    : [query, `region=${region}`].filter(Boolean).join('&');
}

function asked(base: URL, destination: string, target: ConsoleTarget): string {
  const url = parse(destination);
  const fits =
    url &&
    url.protocol === base.protocol &&
    !url.username &&
    !url.password &&
    hostFits(url, base, target) &&
    underBase(url, base);
  if (!fits) {
    throw inputError(
      'destination-not-allowed',
      `The destination must be a page of the AWS console, ${base.href}. Leave it out to land on the page of the profile.`,
    );
  }
  return url.href;
}

function parse(text: string): URL | undefined {
  // What a URL parser would silently repair is refused instead.
  return /^https?:\/\/[!-[\]-~]+$/.test(text) && URL.canParse(text)
    ? new URL(text)
    : undefined;
}

function hostFits(url: URL, base: URL, target: ConsoleTarget): boolean {
  if (url.host === base.host) {
    return true;
  }
  return (
    !target.configured &&
    REGIONS[target.partition].some(
      region => url.host === `${region}.${base.host}`,
    )
  );
}

function underBase(url: URL, base: URL): boolean {
  const path = basePath(base);
  return url.pathname === path || url.pathname.startsWith(`${path}/`);
}

function basePath(base: URL): string {
  return base.pathname.replace(/\/+$/, '');
}
