import { CountingRule, SensitiveCase, SensitiveRule } from '../SensitiveRule';

/** The part of `docs/sensitive-rules.md` that comes from the rules. */
export function rulesDocument(
  rules: SensitiveRule[],
  counting: CountingRule[],
): string {
  return [
    ...rules.map(rule => section(rule, rule.cases.map(caseWords))),
    ...counting.map(rule =>
      section(
        rule,
        rule.counts.map(
          each =>
            `${caseWords(each)}: number ${each.atLeast} of the ${
              each.what
            }, then ten times as many`,
        ),
      ),
    ),
  ].join('\n\n');
}

function section(
  { id, title, why }: Pick<SensitiveRule, 'id' | 'title' | 'why'>,
  cases: string[],
): string {
  return [
    `### ${title} (\`${id}\`)`,
    '',
    why,
    '',
    ...cases.map(each => `- ${each}`),
  ].join('\n');
}

function caseWords({ events, only }: SensitiveCase): string {
  const named = events
    .map(event => (event === '*' ? 'Every event' : `\`${event}\``))
    .join(', ');
  return only ? `${named}, only with ${only}` : named;
}
