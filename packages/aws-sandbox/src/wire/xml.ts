import { XMLBuilder } from 'fast-xml-parser';

/** A value that can be written as XML. */
export type Output =
  | string
  | number
  | boolean
  | undefined
  | Output[]
  | { [key: string]: Output };

const builder = new XMLBuilder({
  ignoreAttributes: false,
  suppressEmptyNode: true,
});

function wrapLists(value: Output, item: string): unknown {
  if (Array.isArray(value)) {
    return { [item]: value.map(entry => wrapLists(entry, item)) };
  }
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, entry]) => entry !== undefined)
        .map(([key, entry]) => [key, wrapLists(entry, item)]),
    );
  }
  return value;
}

/**
 * Writes XML, with its declaration.
 * @param listItem - the element around each entry of a list (`member` in the query protocol, `item` in EC2);
 *   without it a list repeats its own element, as in S3
 */
export function toXml(
  root: string,
  content: { [key: string]: Output },
  options: { xmlns?: string; listItem?: string } = {},
): string {
  const body = options.listItem
    ? (wrapLists(content, options.listItem) as object)
    : content;
  const attributes = options.xmlns ? { '@_xmlns': options.xmlns } : {};
  const xml = builder.build({ [root]: { ...attributes, ...body } });
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xml}`;
}
