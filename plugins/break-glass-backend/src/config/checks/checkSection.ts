import { wholePattern } from '../anchoredPattern';
import { ConfigProblem } from '../configError';
import { Section } from '../schema/sectionSchema';
import { checkApprovers } from './checkApprovers';
import { checkAthena } from './checkAthena';
import { checkConsolePaths } from './checkConsolePaths';
import { checkFreezes } from './checkFreezes';
import { checkProfileVariables } from './checkProfileVariables';
import { checkReferences } from './checkReferences';
import { checkRoles } from './checkRoles';
import { checkUnbrokered } from './checkUnbrokered';
import { checkUnique } from './checkUnique';

/** Everything that no single key can be blamed for by itself: duplicates, references, contradictions. */
export function checkSection(section: Section): ConfigProblem[] {
  return [
    ...checkUnique(section),
    ...checkReferences(section),
    ...checkRoles(section),
    ...checkProfileVariables(section),
    ...checkConsolePaths(section),
    ...checkApprovers(section),
    ...checkFreezes(section),
    ...checkUnbrokered(section),
    ...checkAthena(section),
    ...checkTicketExample(section),
  ];
}

function checkTicketExample({ ticket }: Section): ConfigProblem[] {
  return wholePattern(ticket.pattern).test(ticket.example)
    ? []
    : [
        {
          path: ['ticket', 'example'],
          reason: 'does not match ticket.pattern',
        },
      ];
}
