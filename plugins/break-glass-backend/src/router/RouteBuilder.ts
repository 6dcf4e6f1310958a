import { PermissionsService } from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  BasicPermission,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  isStorable,
  RouteDefinition,
  RouteName,
  RouteOutput,
  routes,
} from 'backstage-plugin-break-glass-common';
import { Request, Response, Router } from 'express';
import { z } from 'zod';
import { Clock } from 'backstage-plugin-break-glass-node';
import { AuditLog } from '../audit';
import { inputError, notAllowedError } from '../errors';
import { Caller, leaseUnknown } from '../leases';
import { unbrokeredUnknown } from '../unbrokered';
import { AuditorEvents } from './AuditorEvents';
import { Callers, SignedIn } from './callers';
import { CriteriaOf } from './permissions/criteriaOf';
import { LeaseCriteria } from '../database/types';

type Parsed<N extends RouteName> = {
  [K in 'params' | 'query' | 'body']: (typeof routes)[N] extends Record<
    K,
    infer S
  >
    ? S extends z.ZodType
      ? z.output<S>
      : undefined
    : undefined;
};

/** What a route's handler gets: checked input, and who asks. */
export type Handled<N extends RouteName> = Parsed<N> & {
  caller: Caller;
  signedIn: SignedIn;
  request: Request;
  response: Response;
};

type AnyPermission = BasicPermission | ResourcePermission;

/** Hangs routes of the contract into Express: parse → authorize → call → render. */
export class RouteBuilder {
  constructor(
    private readonly router: Router,
    private readonly callers: Callers,
    private readonly permissions: PermissionsService,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly criteriaOf: CriteriaOf,
    private readonly auditor: AuditorEvents,
  ) {}

  /**
   * Adds one route. Permissions can only narrow what the services allow (I12);
   * all of several are needed. Where a route must work even if the permission
   * framework does not (I4), only a refusal stops it: `unlessRefused`. A handler that returns undefined has answered itself.
   */
  add<N extends RouteName>(
    name: N,
    permissions: AnyPermission[],
    handle: (handled: Handled<N>) => Promise<RouteOutput<N> | undefined>,
    options: { unlessRefused?: boolean } = {},
  ): void {
    const route: RouteDefinition = routes[name];
    this.router[route.method](route.path, async (request, response) => {
      const result = await this.auditor.around(name, request, async () => {
        const changes = route.method === 'post' && name !== 'previewLease';
        const signedIn = await this.callers.signedIn(request, name, changes);
        response.set('Cache-Control', 'no-store');
        const parsed = parseAll<N>(route, request);
        await this.authorize(name, permissions, signedIn, request, options);
        return handle({
          ...parsed,
          caller: signedIn.caller,
          signedIn,
          request,
          response,
        });
      });
      if (result !== undefined) {
        response.status(route.status ?? 200).json(result);
      }
    });
  }

  /**
   * What of the leases the permission framework lets a person see, for the
   * database; asked once for a whole list.
   * @returns undefined where nothing is kept from them
   */
  async permitted(
    permission: ResourcePermission,
    { credentials }: SignedIn,
  ): Promise<LeaseCriteria | undefined> {
    const [decision] = await this.permissions.authorizeConditional(
      [{ permission }],
      { credentials },
    );
    switch (decision.result) {
      case AuthorizeResult.ALLOW:
        return undefined;
      case AuthorizeResult.CONDITIONAL:
        return this.criteriaOf(decision.conditions);
      default:
        return { anyOf: [] };
    }
  }

  /** Keeps of a few leases those that the permission framework allows something on, asked once for all. */
  async filter<T extends { id: string }>(
    permission: ResourcePermission,
    signedIn: SignedIn,
    items: T[],
  ): Promise<T[]> {
    if (!items.length) {
      return items;
    }
    const decisions = await this.permissions.authorize(
      items.map(item => ({ permission, resourceRef: item.id })),
      { credentials: signedIn.credentials },
    );
    return items.filter(
      (_, index) => decisions[index].result === AuthorizeResult.ALLOW,
    );
  }

  /** Writes down that the framework refused a person something about a lease, where a route goes on without it (I6). */
  async auditRefusal(
    action: string,
    { permission, leaseId }: { permission: AnyPermission; leaseId: string },
    { caller }: SignedIn,
  ): Promise<void> {
    await this.audit.refuse({
      at: this.clock.now(),
      actor: caller.ref,
      action,
      leaseId,
      code: 'not-permitted',
      details: { permission: permission.name },
    });
  }

  private async authorize(
    name: RouteName,
    permissions: AnyPermission[],
    signedIn: SignedIn,
    request: Request,
    options: { unlessRefused?: boolean },
  ) {
    if (!permissions.length) {
      return;
    }
    const { id } = request.params;
    const decisions = await this.ask(permissions, signedIn, id, options);
    const refused = permissions.find(
      (_, index) => decisions?.[index]?.result !== AuthorizeResult.ALLOW,
    );
    if (!decisions || !refused) {
      return;
    }
    await this.audit.refuse({
      at: this.clock.now(),
      actor: signedIn.caller.ref,
      action: name,
      code: 'not-permitted',
      ...(routes[name].tag === 'unbrokered'
        ? { details: { permission: refused.name, unbrokeredId: id } }
        : { leaseId: id, details: { permission: refused.name } }),
    });
    throw id && routes[name].method === 'get'
      ? unknown(name, id)
      : notAllowedError(
          'not-permitted',
          `The portal's policy does not let you do this (${refused.name}). Ask the platform team.`,
        );
  }

  /** @returns no decision at all where the framework does not answer and the route goes on without it. */
  private async ask(
    permissions: AnyPermission[],
    { credentials }: SignedIn,
    resourceRef: string,
    { unlessRefused }: { unlessRefused?: boolean },
  ) {
    try {
      return await this.permissions.authorize(
        permissions.map(permission =>
          permission.type === 'resource'
            ? { permission, resourceRef }
            : { permission },
        ),
        { credentials },
      );
    } catch (error) {
      if (unlessRefused) {
        return undefined;
      }
      throw error;
    }
  }
}

/** What may not be read is not there. */
function unknown(name: RouteName, id: string): Error {
  return routes[name].tag === 'unbrokered'
    ? unbrokeredUnknown(id)
    : leaseUnknown(id);
}

function parseAll<N extends RouteName>(
  route: RouteDefinition,
  request: Request,
): Parsed<N> {
  refuseUnstorable([request.params, request.query, request.body]);
  return {
    params: parse(route.params, request.params, ''),
    query: parse(route.query, request.query, ''),
    body: parse(route.body, request.body ?? {}, ''),
  } as Parsed<N>;
}

/** No NUL and no half of a pair gets any further: databases alter or refuse them. */
function refuseUnstorable(value: unknown): void {
  if (typeof value === 'string' && !isStorable(value)) {
    throw inputError(
      'invalid-input',
      'The request holds characters that are no text. Take them out.',
    );
  }
  if (value && typeof value === 'object') {
    for (const [name, member] of Object.entries(value)) {
      refuseUnstorable(name);
      refuseUnstorable(member);
    }
  }
}

/** @throws InputError that names every field that is wrong. */
function parse(schema: z.ZodType | undefined, value: unknown, at: string) {
  if (!schema) {
    return undefined;
  }
  const result = schema.safeParse(value);
  if (result.success) {
    return result.data;
  }
  const words = result.error.issues.map(issue => {
    const path = [at, ...issue.path].filter(Boolean).join('.');
    return path ? `${path}: ${issue.message}` : issue.message;
  });
  throw inputError('invalid-input', `${words.join('; ')}.`);
}
