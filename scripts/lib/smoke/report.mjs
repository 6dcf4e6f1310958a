/** One line of the table. */
export function line({ title, proves }, { result, words, next }) {
  const lines = [`${result.padEnd(10)}  ${title}: ${words}`];
  if (result !== 'ok') {
    lines.push(
      `            would prove: ${proves}`,
      `            next: ${next}`,
    );
  }
  return lines.join('\n');
}

/** What would be done, without doing it. */
export function plan(steps, { roleArn, killerRoleArn, policyArn, settings }) {
  return [
    `Account ${settings.accountId}, partition ${settings.partition}, region ${settings.region}`,
    `Role ${roleArn}`,
    `Kill by ${killerRoleArn} in ${policyArn}`,
    '',
    'Nothing was done. With --yes these are tried, one after another:',
    ...steps.map(({ title, proves }) => `- ${title}. Proves: ${proves}.`),
    '',
    'All that is changed is the boundary policy: a version that keeps one session of this test out, and one without it again.',
    'Do not run it while the portal kills sessions in this account: both write that policy.',
  ].join('\n');
}
