import {
  errorBodySchema,
  RouteDefinition,
  routes,
} from 'backstage-plugin-break-glass-common';
import { createDocument } from 'zod-openapi';

type Document = ReturnType<typeof createDocument>;

const TAGS: Array<{ name: RouteDefinition['tag']; description: string }> = [
  { name: 'accounts', description: 'AWS accounts, roles and profiles' },
  { name: 'leases', description: 'Requests, decisions and their ends' },
  { name: 'sessions', description: 'Credentials and console URLs' },
  { name: 'activity', description: 'What was done under a lease' },
  { name: 'reviews', description: 'Verdicts on the evidence' },
  { name: 'audit', description: 'Audit log, insights and health' },
];

const REFUSALS: Record<string, string> = {
  '400': 'The input is wrong; the message says what to change',
  '401': 'Nobody is signed in',
  '403': 'The caller may not do this; the message says why',
  '404': 'There is no such thing, or none that the caller may see',
  '409': 'Something changed meanwhile; the message says to what',
  '503': 'Something that the product depends on is down; nothing was changed',
};

/** The OpenAPI 3.1 document of the HTTP API, made from the contract. */
export function openApiDocument(): Document {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of Object.values<RouteDefinition>(routes)) {
    const path = route.path.replace(/:([a-zA-Z]+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: operation(route) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Break Glass',
      version: '1.0.0',
      description:
        'Temporary elevated AWS access with two people, an end, and a review.',
      license: {
        name: 'Apache 2.0',
        url: 'https://www.apache.org/licenses/LICENSE-2.0',
      },
    },
    servers: [{ url: '/api/break-glass', description: 'This portal' }],
    security: [{ token: [] }],
    tags: TAGS,
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'Token of a signed-in person',
        },
      },
    },
    paths,
  });
}

function operation(route: RouteDefinition) {
  return {
    operationId: route.id,
    summary: route.summary,
    description: `${route.summary}.`,
    tags: [route.tag],
    requestParams: {
      ...(route.params && { path: route.params }),
      ...(route.query && { query: route.query }),
    },
    ...(route.body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: route.body } },
      },
    }),
    responses: {
      [route.status ?? 200]: {
        description: 'Done',
        content: {
          [route.media ?? 'application/json']: { schema: route.response },
        },
      },
      ...Object.fromEntries(
        Object.entries(REFUSALS).map(([status, description]) => [
          status,
          {
            description,
            content: { 'application/json': { schema: errorBodySchema } },
          },
        ]),
      ),
    },
  };
}
