// Used by tests only, though not one itself.
/* eslint-disable @backstage/no-undeclared-imports */
import fc from 'fast-check';
import { LifeWorld } from '../LifeWorld';
import { restoring, working } from './background';
import { configuring, editing } from './changing';
import { cancelling, ending, revoking } from './closing';
import {
  approving,
  approvingExtension,
  comingNear,
  deciding,
  decidingExtension,
} from './deciding';
import { cancellingExtension, extending } from './extending';
import { issuing, issuingMeanwhile, issuingStanding } from './issuing';
import { passing, skewing } from './passing';
import { requesting } from './requesting';
import { reviewing } from './reviewing';
import { lifting, stopping } from './stopping';
import { together, troubled } from './trouble';

const byPeople = fc.oneof(
  { weight: 4, arbitrary: requesting },
  { weight: 6, arbitrary: deciding },
  { weight: 3, arbitrary: issuing },
  { weight: 2, arbitrary: ending },
  { weight: 2, arbitrary: revoking },
  { weight: 1, arbitrary: cancelling },
  { weight: 1, arbitrary: extending },
  { weight: 1, arbitrary: decidingExtension },
  { weight: 1, arbitrary: cancellingExtension },
  { weight: 1, arbitrary: stopping },
  { weight: 1, arbitrary: reviewing },
);

/** Two who look at the same lease. */
const onOneLease = fc.oneof(deciding, ending, revoking, cancelling);

/** How often each kind of command comes; the rest of a run follows from what it meets. */
const WEIGHTS: Array<
  [number, fc.Arbitrary<fc.AsyncCommand<object, LifeWorld>>]
> = [
  [5, requesting],
  [8, deciding],
  [6, approving],
  [4, comingNear],
  [7, issuing],
  [2, issuingMeanwhile],
  [1, issuingStanding],
  [3, ending],
  [3, revoking],
  [1, cancelling],
  [3, extending],
  [2, decidingExtension],
  [3, approvingExtension],
  [1, cancellingExtension],
  [1, stopping],
  [5, lifting],
  [4, reviewing],
  [4, passing],
  [2, skewing],
  [3, configuring],
  [3, editing],
  [8, working],
  [3, restoring],
  [5, troubled(fc.oneof(byPeople, byPeople, working))],
  [2, together(onOneLease)],
];

/** Lists of commands. */
export function aLife(maxCommands: number) {
  return fc.commands(
    WEIGHTS.flatMap(([weight, commands]) => Array(weight).fill(commands)),
    { maxCommands, size: 'max' },
  );
}

/** How a life can begin: a request, and who approves it. */
export const anOpening = fc.oneof(
  { weight: 1, arbitrary: fc.constant([]) },
  { weight: 2, arbitrary: fc.tuple(requesting) },
  { weight: 4, arbitrary: fc.tuple(requesting, approving, approving) },
  { weight: 2, arbitrary: fc.tuple(requesting, comingNear, approving) },
);
