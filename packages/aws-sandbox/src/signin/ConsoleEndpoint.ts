import { AwsError } from '../AwsError';
import { services } from '../services';
import { Invoker } from '../services/Invoker';
import { Result } from '../services/Operation';
import { sameSecret } from '../wire/signature';
import { WireAnswer } from '../wire/WireAnswer';
import { WireRequest } from '../wire/WireRequest';
import { World } from '../world/World';
import { ConsoleCall, consoleCall } from './consoleActions';
import { consolePage, Outcome } from './consolePage';
import { ConsoleSession, ConsoleSessions } from './ConsoleSessions';
import { html, notice, page } from './html';

const COOKIE = /(?:^|;\s*)sandbox_console=([0-9a-f]{64})(?:;|$)/;

function signedOut(): WireAnswer {
  return notice(
    'You are signed out',
    'The console session has ended, or there was none. Open the console again from the portal.',
    401,
  );
}

/**
 * After a sign-in that another site began, browsers hold a strict cookie back for one more step.
 * A page of our own that leads on makes the next request ours.
 */
function leadOn(request: WireRequest): WireAnswer {
  const query = request.query.toString();
  const target = query ? `/console/?${query}` : '/console/';
  const body = html`<main>
    <p>Signing you in… <a href="${target}">Go on</a></p>
  </main>`;
  const head = html`<meta http-equiv="refresh" content="0;url=${target}" />`;
  return page('Signing in', body, { head });
}

function toText(result: Result): string {
  if (!result.payload) return JSON.stringify(result.output ?? {}, null, 2);
  const text = String(result.payload.body ?? '');
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** The console's pages: what a person does there is called as the session they signed in with. */
export class ConsoleEndpoint {
  constructor(
    private readonly world: World,
    private readonly sessions: ConsoleSessions,
    private readonly invoker: Invoker,
  ) {}

  /** Answers a request of a browser. */
  async handle(request: WireRequest): Promise<WireAnswer> {
    const cookie = COOKIE.exec(request.headers.cookie ?? '')?.[1];
    const signedIn = this.sessions.find(cookie);
    if (request.method === 'POST') {
      return signedIn ? this.post(request, signedIn, cookie) : signedOut();
    }
    if (request.method !== 'GET') {
      return notice(
        'Bad request',
        'There is nothing here for this method',
        405,
      );
    }
    if (signedIn) {
      const service = request.query.get('service') ?? undefined;
      return consolePage(signedIn, this.world, { service });
    }
    const fromElsewhere = request.headers['sec-fetch-site'] === 'cross-site';
    return fromElsewhere && !cookie ? leadOn(request) : signedOut();
  }

  private async post(
    request: WireRequest,
    signedIn: ConsoleSession,
    cookie: string | undefined,
  ): Promise<WireAnswer> {
    const form = new URLSearchParams(request.body.toString('utf8'));
    const { origin } = request.headers;
    const foreign =
      origin !== undefined &&
      origin !== 'null' &&
      origin !== `http://${request.headers.host}`;
    if (
      foreign ||
      !sameSecret(form.get('formToken') ?? '', signedIn.formToken)
    ) {
      return notice('Refused', 'This form is not from the console.', 403);
    }
    if (form.get('button') === 'signOut') {
      this.sessions.signOut(cookie);
      return signedOut();
    }
    const call = consoleCall(form);
    if (!call) return notice('Bad request', 'There is no such button.', 400);
    const outcome = await this.run(call, signedIn, request);
    return consolePage(signedIn, this.world, {
      outcome,
      service: call.service,
    });
  }

  private async run(
    call: ConsoleCall,
    { caller }: ConsoleSession,
    request: WireRequest,
  ): Promise<Outcome> {
    const { title, service, action, input, payload } = call;
    try {
      const result = await this.invoker.invoke(services.get(service)!, action, {
        input,
        payload,
        caller,
        region: caller.account.region,
        origin: {
          sourceIp: request.sourceIp,
          userAgent: (request.headers['user-agent'] ?? '').slice(0, 1_024),
          host: `${service}.${caller.account.region}.amazonaws.com`,
        },
      });
      return { title, text: toText(result) };
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const { code, message } = error;
      return { title, refused: { code, message } };
    }
  }
}
