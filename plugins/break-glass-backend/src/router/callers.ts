import {
  BackstageCredentials,
  BackstageUserPrincipal,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { Clock } from 'backstage-plugin-break-glass-node';
import { Request } from 'express';
import { AuditLog } from '../audit';
import { notAllowedError } from '../errors';
import { Caller } from '../leases';

/** A signed-in person, with the credentials for the permission framework. */
export interface SignedIn {
  caller: Caller;
  credentials: BackstageCredentials<BackstageUserPrincipal>;
}

/**
 * Finds out who calls. Services are refused, and so is another plugin that
 * holds a person's token wherever something changes (I12). Both are audited:
 * that is why the framework is not asked to refuse them itself.
 */
export class Callers {
  constructor(
    private readonly httpAuth: HttpAuthService,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** @throws AuthenticationError, NotAllowedError `not-a-person` or `on-behalf-of-token` */
  async signedIn(
    request: Request,
    action: string,
    changes: boolean,
  ): Promise<SignedIn> {
    const credentials = await this.httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
    const principal = credentials.principal;
    if (principal.type === 'service') {
      return this.refuse(
        `service:${principal.subject}`,
        action,
        'not-a-person',
        'Services cannot act for people. Sign in as a person.',
      );
    }
    const ref = principal.userEntityRef.toLocaleLowerCase('en-US');
    if (changes && principal.actor) {
      return this.refuse(
        `${ref} through ${principal.actor.subject}`,
        action,
        'on-behalf-of-token',
        'Another plugin cannot do this for a person. Call break glass with the person’s own token.',
      );
    }
    return {
      caller: { ref },
      credentials: credentials as BackstageCredentials<BackstageUserPrincipal>,
    };
  }

  private async refuse(
    actor: string,
    action: string,
    code: 'not-a-person' | 'on-behalf-of-token',
    message: string,
  ): Promise<never> {
    await this.audit.refuse({
      at: this.clock.now(),
      actor,
      action,
      code,
      details: {},
    });
    throw notAllowedError(code, message);
  }
}
