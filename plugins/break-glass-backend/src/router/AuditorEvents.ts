import { AuditorService, LoggerService } from '@backstage/backend-plugin-api';
import { auditorEvents, RouteName } from 'backstage-plugin-break-glass-common';
import { Request } from 'express';

type Event = Awaited<ReturnType<AuditorService['createEvent']>>;

/**
 * Tells Backstage's auditor of every call. It stands beside the audit log, which is
 * what counts (I6): where the auditor cannot be told, the call goes on, and the
 * log says so.
 */
export class AuditorEvents {
  constructor(
    private readonly auditor: AuditorService,
    private readonly logger: LoggerService,
  ) {}

  /** Does the work of a route between the event's beginning and its end. */
  async around<T>(
    route: RouteName,
    request: Request,
    work: () => Promise<T>,
  ): Promise<T> {
    const event = await this.begin(route, request);
    try {
      const result = await work();
      await this.tell(() => event?.success());
      return result;
    } catch (error) {
      await this.tell(() => event?.fail({ error: error as Error }));
      throw error;
    }
  }

  private begin(
    route: RouteName,
    request: Request,
  ): Promise<Event | undefined> {
    const { id } = request.params;
    return this.tell(() =>
      this.auditor.createEvent({
        ...auditorEvents[route],
        request,
        meta: { route, ...(id && { id }) },
      }),
    );
  }

  private async tell<T>(
    what: () => Promise<T> | undefined,
  ): Promise<T | undefined> {
    try {
      return await what();
    } catch (error) {
      this.logger.warn(`The auditor could not be told: ${error}`);
      return undefined;
    }
  }
}
