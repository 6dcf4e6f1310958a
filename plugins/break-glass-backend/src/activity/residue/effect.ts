import { ResidueKind } from 'backstage-plugin-break-glass-common';
import { Call } from './Call';

/**
 * Where something lies, from the general to the particular: whoever removes
 * `['user', 'ci']` removes what lies below it too.
 */
export type Path = string[];

/** Something that a call made. */
export interface Made {
  kind: ResidueKind;
  path: Path;
  /** Another path by which it can be removed. */
  alsoAt?: Path;
  /** What it is, in a few words. */
  what: string;
  /** ARN, or the name where there is none. */
  resource: string;
}

/** What a call changed: first it removes, then it makes. */
export interface Effect {
  made?: Made[];
  removed?: Path[];
}

/** What one kind of call does. */
export type EffectOf = (call: Call) => Effect;

/** By `service:EventName`, without the API version that some services write behind it. */
export type Effects = Record<string, EffectOf>;

/** What names something: a parameter, or what is read from several. */
export type Name = string | ((call: Call) => string | undefined);

/** A parameter that may be left out, and what AWS takes instead. */
export const orElse =
  (parameter: string, otherwise: string) =>
  (call: Call): string =>
    call.text(parameter) ?? otherwise;

/** Something that one call makes and another removes, both naming it by the same parameters. */
export interface Pair {
  kind: ResidueKind;
  makes: string[];
  removes?: string[];
  /** First element of the path. */
  type: string;
  /** Further elements of the path, behind the names. */
  below?: string[];
  /** Parameters that tell it from others of its type, outermost first. */
  by: Name[];
  /** Whether a call that removes did so in whole: one that did in part, or may have, removes nothing. */
  whole?: (call: Call) => boolean;
  /** In words; the names are those of `by`. */
  what: (names: string[], call: Call) => string;
}

/** The effects of both calls of each pair. */
export function pairs(all: Pair[]): Effects {
  return Object.fromEntries(
    all.flatMap(pair => [
      ...pair.makes.map(event => [event, making(pair)] as const),
      ...(pair.removes ?? []).map(event => [event, removing(pair)] as const),
    ]),
  );
}

function making(pair: Pair): EffectOf {
  return call => {
    const names = namesOf(pair, call);
    const shown = names.map(name => name ?? 'without a name in the record');
    return {
      made: [
        {
          kind: pair.kind,
          // Without a name nothing can remove it again: it stays, to be asked about.
          path: pathOf(pair, names) ?? [
            pair.type,
            `event ${call.event.eventId}`,
          ],
          what: pair.what(shown, call),
          resource: arnOf(call) ?? shown.join(' '),
        },
      ],
    };
  };
}

function removing(pair: Pair): EffectOf {
  return call => {
    const path = pathOf(pair, namesOf(pair, call));
    const isWhole = pair.whole?.(call) ?? true;
    return path && isWhole ? { removed: [path] } : {};
  };
}

function pathOf(
  { type, below }: Pair,
  names: Array<string | undefined>,
): Path | undefined {
  const known = names.flatMap(name => name ?? []);
  return known.length === names.length
    ? [type, ...known, ...(below ?? [])]
    : undefined;
}

function namesOf(pair: Pair, call: Call): Array<string | undefined> {
  return pair.by.map(each => {
    const name = typeof each === 'string' ? call.text(each) : each(call);
    return name === undefined ? undefined : shortName(name);
  });
}

function arnOf(call: Call): string | undefined {
  return call.event.resources.find(resource => resource.startsWith('arn:'));
}

/** ARNs whose name is what stands behind the last part. */
const NAMED_ARN =
  /^arn:[a-z-]+:(?:iam|lambda|kms|ecs|secretsmanager|rds|eks|states|glue|scheduler|events)(?::[^:]*){2}:(.+)$/;

/**
 * The name in an ARN, as other calls give it without one. Policies are known
 * by their whole ARN, because AWS's own and the account's can be called the same.
 */
export function shortName(value: string): string {
  const rest = NAMED_ARN.exec(value)?.[1];
  if (rest === undefined || rest.startsWith('policy/')) {
    return value;
  }
  const [type, name] = rest.split(/[:/](.+)/);
  if (type === 'secret') {
    return name.replace(/-[A-Za-z0-9]{6}$/, '');
  }
  return type === 'function' ? name.split(':')[0] : name ?? type;
}
