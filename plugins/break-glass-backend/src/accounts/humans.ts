/** Somebody, as far as telling human beings apart goes. */
export interface Identity {
  ref: string;
  /** What the configuration tells people by; the ref where it says nothing. */
  key: string;
  email?: string;
  against?: {
    /** Every trusted entity of the same human being that is known. */
    refs: ReadonlySet<string>;
  };
}

/**
 * Whether two entities are one human being (I1): the same entity, the same
 * person key, the same e-mail address, or a chain of those. The one rule of
 * decisions, reviews, pages and the prover. Pure.
 */
export function sameHuman(a: Identity, b: Identity): boolean {
  return (
    a.ref === b.ref ||
    a.key === b.key ||
    sameAddress(a.email, b.email) ||
    !!a.against?.refs.has(b.ref) ||
    !!b.against?.refs.has(a.ref)
  );
}

/** A name for a human being, the same for each of their entities that were read together. */
export function humanOf(person: Identity): string {
  const refs = [...(person.against?.refs ?? [])];
  return refs.length > 0 ? refs.sort()[0] : person.key;
}

/** An e-mail address as it is compared: case and blanks around it tell nobody apart. */
export function addressOf(email: string | undefined): string | undefined {
  return email?.trim().toLocaleLowerCase('en-US') || undefined;
}

/**
 * Puts those together who share a fact, or share one with somebody who does.
 * @returns everybody's group, themselves included
 */
export function groupsByFacts<T>(
  everybody: T[],
  factsOf: (one: T) => string[],
): Map<T, Set<T>> {
  const groupOf = new Map<T, Set<T>>();
  const byFact = new Map<string, T[]>();
  for (const one of everybody) {
    factsOf(one).forEach(fact =>
      byFact.set(fact, [...(byFact.get(fact) ?? []), one]),
    );
  }
  for (const one of everybody) {
    const group = groupOf.get(one) ?? new Set<T>();
    const next = groupOf.has(one) ? [] : [one];
    while (next.length > 0) {
      const found = next.pop()!;
      group.add(found);
      groupOf.set(found, group);
      for (const fact of factsOf(found)) {
        const sharing = byFact.get(fact) ?? [];
        next.push(...sharing.filter(other => !group.has(other)));
        byFact.delete(fact);
      }
    }
  }
  return groupOf;
}

function sameAddress(a: string | undefined, b: string | undefined): boolean {
  const address = addressOf(a);
  return address !== undefined && address === addressOf(b);
}
