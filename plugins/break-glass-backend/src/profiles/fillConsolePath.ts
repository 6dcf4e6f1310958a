import {
  isPlainPath,
  joinConsolePath,
  splitConsolePath,
} from '../config/consolePath';
import { fillVariables, variablesIn } from '../config/variables';

type Values = Readonly<Record<string, string>>;

/**
 * Fills values into the path of a console page. Each is encoded for its place, so that none can end a segment, a
 * query parameter or the path itself:
 * in path, query and hash by percent-encoding, and in the hash of CloudWatch's logs, `#logsV2:…`, twice with `$`
 * for `%`, as that page wants it (`/aws/lambda/pay` is `$252Faws$252Flambda$252Fpay`).
 *
 * @returns undefined where there is no value for a variable, or where a value such as `..` would lead to another page
 */
export function fillConsolePath(
  path: string | undefined,
  values: Values,
): string | undefined {
  if (
    path === undefined ||
    variablesIn(path).some(name => values[name] === undefined)
  ) {
    return undefined;
  }
  const { pathname, query, hash } = splitConsolePath(path);
  const filled = joinConsolePath({
    pathname: fill(pathname, values, encoded),
    query: fill(query, values, encoded),
    hash: fill(
      hash,
      values,
      hash.startsWith('logsV2:') ? encodedForLogs : encoded,
    ),
  });
  return isPlainPath(filled) ? filled : undefined;
}

function fill(
  text: string,
  values: Values,
  encode: (value: string) => string,
): string {
  const ready = Object.entries(values).map(([name, value]) => [
    name,
    encode(value),
  ]);
  return fillVariables(text, Object.fromEntries(ready));
}

/** All but letters, digits and `-._~`, as RFC 3986 has it: browsers rewrite some of what `encodeURIComponent` leaves. */
function encoded(value: string): string {
  return encodeURIComponent(value).replace(
    /[!'()*]/g,
    sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function encodedForLogs(value: string): string {
  return encoded(encoded(value)).replaceAll('%', '$');
}
