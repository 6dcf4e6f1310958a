import { humanOf } from '../../accounts/humans';
import { matches } from '../../accounts/principals';
import { Person } from '../../accounts/types';
import {
  ApprovalPolicyConfig,
  ApprovalStepConfig,
  Principals,
} from '../../config/types';
import { seat } from '../../seating';
import { fitsStep } from '../analyseDecision';

/** A policy as one role's leases on some accounts take it. */
export interface PolicyInUse {
  policy: Pick<ApprovalPolicyConfig, 'steps'>;
  /** Who may ask. */
  eligible: Principals;
  /** Owner of the accounts, where it is known. */
  accountOwner?: string;
}

/** What is wrong with a policy in use, as people are now. */
export interface PolicyProof {
  /** How many human beings may ask. */
  requesters: number;
  /** Those of them whose requests no set of people can approve, each once, with the steps that stay empty. */
  unmeetable: Array<{ person: Person; stepIds: string[] }>;
  /**
   * Human beings who could ask and approve alone if person keys were all that
   * told people apart: two keys, one e-mail address. Each with all their entities.
   */
  alone: Array<{ person: Person; refs: string[] }>;
}

/** All people there are, read together, with what proofs of every policy ask of them. */
export interface Crowd {
  everybody: Person[];
  /** Name of the human being behind each entity. */
  human: Map<Person, string>;
  /** Entities of the human beings that are told apart by key although they are one. */
  torn: Map<string, Person[]>;
}

/** Looks at all people once. */
export function crowdOf(everybody: Person[]): Crowd {
  const human = new Map(everybody.map(person => [person, humanOf(person)]));
  const entities = new Map<string, Person[]>();
  for (const [person, name] of human) {
    const known = entities.get(name) ?? [];
    known.push(person);
    entities.set(name, known);
  }
  const torn = [...entities].filter(
    ([, all]) => new Set(all.map(({ key }) => key)).size > 1,
  );
  return { everybody, human, torn: new Map(torn) };
}

/**
 * Whether people can meet a policy, and whether one of them could alone. Exact:
 * a policy can be met by those who may decide by `analyseDecision` if and only
 * if its steps can be filled, one human being at one place. Pure.
 */
export function provePolicy(use: PolicyInUse, crowd: Crowd): PolicyProof {
  const requesters = new Map<string, Person>();
  for (const person of crowd.everybody) {
    const human = crowd.human.get(person)!;
    if (!requesters.has(human) && mayAsk(use, person)) {
      requesters.set(human, person);
    }
  }
  return {
    requesters: requesters.size,
    unmeetable: unmeetable(use, requesters, crowd),
    alone: alone(use, crowd),
  };
}

function mayAsk(use: PolicyInUse, person: Person): boolean {
  return matches(use.eligible, person, use.accountOwner);
}

function unmeetable(
  { policy, accountOwner }: PolicyInUse,
  requesters: Map<string, Person>,
  { everybody, human }: Crowd,
): PolicyProof['unmeetable'] {
  const seats = seatsOf(policy.steps);
  // Of a step that has more people than there are places in all, some are enough:
  // it can be filled last, whoever asks.
  const fitting = policy.steps.map(step =>
    distinct(
      everybody
        .filter(person => fitsStep(step, person, accountOwner))
        .map(person => human.get(person)!),
    ).slice(0, seats.length + 1),
  );
  const seatWithout = (requester?: string) =>
    seat(seats.map(index => fitting[index].filter(name => name !== requester)));
  const { empty, taken } = seatWithout();
  return [...requesters]
    .map(([name, person]) => {
      // Who takes no place may ask: the others fill all of them already.
      const left =
        empty.length === 0 && taken.has(name) ? seatWithout(name).empty : empty;
      const ids = left.map(at => policy.steps[seats[at]].id);
      return { person, stepIds: distinct(ids) };
    })
    .filter(({ stepIds }) => stepIds.length > 0);
}

function alone(use: PolicyInUse, { torn }: Crowd): PolicyProof['alone'] {
  return [...torn.values()].flatMap(entities => {
    const person = entities.find(
      each => mayAsk(use, each) && couldApproveOwn(use, each, entities),
    );
    return person
      ? [{ person, refs: entities.map(({ ref }) => ref).sort() }]
      : [];
  });
}

/** Whether the other keys of a human being are enough for what one of their entities asks for. */
function couldApproveOwn(
  { policy, accountOwner }: PolicyInUse,
  requester: Person,
  entities: Person[],
): boolean {
  const others = entities.filter(({ key }) => key !== requester.key);
  const places = seatsOf(policy.steps).map(index =>
    distinct(
      others
        .filter(each =>
          fitsByKey(policy.steps[index], each, entities, accountOwner),
        )
        .map(({ key }) => key),
    ),
  );
  return seat(places).empty.length === 0;
}

/** Whether an entity fits a step where only entities of the same key count against it. */
function fitsByKey(
  step: ApprovalStepConfig,
  person: Person,
  entities: Person[],
  accountOwner: string | undefined,
): boolean {
  return (
    matches(step.from, person, accountOwner) &&
    !entities.some(
      other =>
        other.key === person.key && matches(step.exclude, other, accountOwner),
    )
  );
}

/** One place for each approval that a policy asks for: the position of its step. */
function seatsOf(steps: ApprovalStepConfig[]): number[] {
  return steps.flatMap(({ count }, index) =>
    Array.from({ length: count }, () => index),
  );
}

function distinct<T>(values: T[]): T[] {
  return [...new Set(values)];
}
