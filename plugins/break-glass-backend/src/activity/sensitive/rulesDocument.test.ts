import { readFileSync } from 'fs';
import { join } from 'path';
import { countingRules, sensitiveRules } from './sensitiveRules';
import { rulesDocument } from './testing/rulesDocument';

const FILE = join(__dirname, '../../../../../docs/sensitive-rules.md');
const BEGIN = '<!-- rules -->';

/** Without what formatting changes. */
const plain = (text: string) => text.replace(/\s+/g, ' ').trim();

describe('docs/sensitive-rules.md', () => {
  it('names every rule as it is', () => {
    const [, rules] = readFileSync(FILE, 'utf8').split(BEGIN);
    const expected = rulesDocument(sensitiveRules, countingRules);
    expect(plain(rules)).toBe(plain(expected));
  });

  it('every condition says in words what it is', () => {
    for (const { cases } of sensitiveRules) {
      for (const { when, only } of cases) {
        expect(only !== undefined).toBe(when !== undefined);
      }
    }
  });
});
