import { wholePattern } from '../anchoredPattern';
import { ConfigProblem } from '../configError';
import { Section } from '../schema/sectionSchema';
import { ACCOUNT_VARIABLES, variablesIn } from '../variables';

type Profile = Section['profiles'][number];

/** Variables that are used must be known and filled in; parameters that are declared must be used. */
export function checkProfileVariables(section: Section): ConfigProblem[] {
  return section.profiles.flatMap((profile, index) =>
    [
      ...unknownVariables(profile),
      ...uselessParameters(profile),
      ...wrongExamples(profile),
    ].map(({ path, reason }) => ({
      path: ['profiles', index, ...path],
      reason,
    })),
  );
}

function unknownVariables(profile: Profile): ConfigProblem[] {
  const declared = new Map(profile.parameters.map(it => [it.name, it]));
  const known = (name: string) =>
    declared.has(name) ||
    (ACCOUNT_VARIABLES as readonly string[]).includes(name);
  const inPlace = (path: PropertyKey[], text: string, mustHaveValue: boolean) =>
    variablesIn(text).flatMap(name => {
      if (!known(name)) {
        return [
          { path, reason: `uses '${name}', which is no declared parameter` },
        ];
      }
      return mustHaveValue && declared.get(name)?.required === false
        ? [{ path, reason: `uses '${name}', which must then be required` }]
        : [];
    });
  return [
    ...profile.statements.flatMap((statement, at) =>
      inPlace(['statements', at], JSON.stringify(statement), true),
    ),
    ...inPlace(['consolePath'], profile.consolePath ?? '', false),
  ];
}

/** A parameter that changes nothing would make people believe that it limits something. */
function uselessParameters(profile: Profile): ConfigProblem[] {
  const used = new Set(
    variablesIn(JSON.stringify([profile.statements, profile.consolePath])),
  );
  const reserved: readonly string[] = ACCOUNT_VARIABLES;
  return profile.parameters.flatMap(({ name }, at) => {
    const path = ['parameters', at, 'name'];
    if (reserved.includes(name)) {
      return [{ path, reason: `'${name}' is filled in from the account` }];
    }
    return used.has(name)
      ? []
      : [{ path, reason: `'${name}' is declared, but not used` }];
  });
}

function wrongExamples(profile: Profile): ConfigProblem[] {
  return profile.parameters.flatMap((parameter, at) =>
    parameter.example === undefined ||
    (parameter.example.length <= parameter.maxLength &&
      wholePattern(parameter.pattern).test(parameter.example))
      ? []
      : [
          {
            path: ['parameters', at, 'example'],
            reason: 'does not match its own pattern and maxLength',
          },
        ],
  );
}
