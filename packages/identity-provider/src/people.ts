import { parseAllDocuments } from 'yaml';

/** Somebody who can be picked on the sign-in page. */
export interface Person {
  /** Entity name of the user in the catalog, and the `sub` of the tokens. */
  name: string;
  displayName: string;
  email: string;
  /** What the person does, shown under the name. */
  description?: string;
  /** Titles of the groups the person is a direct member of. */
  groups: string[];
}

interface CatalogDocument {
  kind?: string;
  metadata?: { name?: string; title?: string; description?: string };
  spec?: {
    profile?: { displayName?: string; email?: string };
    memberOf?: string[];
  };
}

/**
 * Reads the people from a catalog file with `User` and `Group` entities, in the order of the file.
 *
 * @param text - YAML with one entity per document
 * @throws Error when the YAML is malformed, a user has no name or e-mail address, or two users share one
 */
export function readPeople(text: string): Person[] {
  const documents = parseCatalogFile(text);
  const groupTitles = new Map(
    documents
      .filter(document => document.kind === 'Group')
      .map(({ metadata }) => [metadata?.name, metadata?.title]),
  );
  const people = documents
    .filter(document => document.kind === 'User')
    .map(document => toPerson(document, groupTitles));
  refuseDuplicates(people);
  return people;
}

function parseCatalogFile(text: string): CatalogDocument[] {
  const documents = parseAllDocuments(text);
  const broken = documents.flatMap(document => document.errors ?? []);
  if (broken.length > 0) {
    throw new Error(
      `The file of people is not valid YAML: ${broken[0].message}`,
    );
  }
  return documents
    .map(document => document.toJS() as CatalogDocument | null)
    .filter((document): document is CatalogDocument => document !== null);
}

function toPerson(
  { metadata, spec }: CatalogDocument,
  groupTitles: Map<string | undefined, string | undefined>,
): Person {
  const name = metadata?.name;
  const email = spec?.profile?.email;
  if (!name) {
    throw new Error('The file of people has a user without metadata.name');
  }
  if (!email) {
    throw new Error(
      `User ${name} has no spec.profile.email, so the portal could not tell who signs in`,
    );
  }
  return {
    name,
    email,
    displayName: spec?.profile?.displayName ?? metadata?.title ?? name,
    description: metadata?.description,
    groups: (spec?.memberOf ?? []).map(
      group => groupTitles.get(group) ?? group,
    ),
  };
}

function refuseDuplicates(people: Person[]): void {
  for (const key of ['name', 'email'] as const) {
    const seen = new Set<string>();
    for (const person of people) {
      if (seen.has(person[key])) {
        throw new Error(`Two users share the ${key} ${person[key]}`);
      }
      seen.add(person[key]);
    }
  }
}
