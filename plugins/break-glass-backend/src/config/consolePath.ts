/** The three places of a console path, without the signs that separate them. */
export interface ConsolePlaces {
  /** Begins with a slash. */
  pathname: string;
  query: string;
  hash: string;
}

/** Takes a console path such as `/lambda/home?tab=code#/functions` apart. */
export function splitConsolePath(path: string): ConsolePlaces {
  const [beforeHash, ...hash] = path.split('#');
  const [pathname, ...query] = beforeHash.split('?');
  return { pathname, query: query.join('?'), hash: hash.join('#') };
}

/** Puts the places together again; empty ones are left out. */
export function joinConsolePath(places: ConsolePlaces): string {
  const { pathname, query, hash } = places;
  return `${pathname}${query && `?${query}`}${hash && `#${hash}`}`;
}

/**
 * Whether a browser takes a path just as it is written. What it would repair (`..`, backslashes, spaces, a second
 * slash at the front) leads elsewhere than the text says.
 */
export function isPlainPath(path: string): boolean {
  const { pathname, query, hash } = splitConsolePath(path);
  if (!/^\/(?!\/)[!-[\]-~]*$/.test(path)) {
    return false;
  }
  const url = new URL(`https://console.invalid${path}`);
  return (
    url.pathname === pathname &&
    url.search.slice(1) === query &&
    url.hash.slice(1) === hash
  );
}
