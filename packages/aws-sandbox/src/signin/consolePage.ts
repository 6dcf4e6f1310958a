import { WireAnswer } from '../wire/WireAnswer';
import { World } from '../world/World';
import { ConsoleSession } from './ConsoleSessions';
import { Html, html, page } from './html';

/** What the last button did. */
export interface Outcome {
  title: string;
  /** AWS's error in words; undefined when it went well. */
  refused?: { code: string; message: string };
  /** What came back, as text. */
  text?: string;
}

function button(
  signedIn: ConsoleSession,
  name: string,
  label: string,
  fields: Html = html``,
): Html {
  return html`<form method="post" action="/console/run">
    <input type="hidden" name="formToken" value="${signedIn.formToken}" />
    <input type="hidden" name="button" value="${name}" />${fields}
    <button type="submit">${label}</button>
  </form>`;
}

const hidden = (name: string, value: string) =>
  html`<input type="hidden" name="${name}" value="${value}" />`;

/** A policy that lets the account's operators read the bucket and locks nobody out. */
function repairedPolicy(
  bucketName: string,
  { caller }: ConsoleSession,
): string {
  const { partition, accountId } = caller;
  const arn = `arn:${partition}:s3:::${bucketName}`;
  const roles = `arn:${partition}:iam::${accountId}:role/break-glass`;
  const policy = {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'OperatorsRead',
        Effect: 'Allow',
        Principal: { AWS: [`${roles}/Operator`, `${roles}/ReadOnly`] },
        Action: ['s3:GetObject', 's3:ListBucket'],
        Resource: [arn, `${arn}/*`],
      },
    ],
  };
  return JSON.stringify(policy, null, 2);
}

function bucketRow(name: string, signedIn: ConsoleSession): Html {
  const field = hidden('bucket', name);
  const id = `policy-${name}`;
  return html`<div class="bucket">
    <div class="row">
      <strong>${name}</strong> ${button(
        signedIn,
        'showPolicy',
        'Show policy',
        field,
      )}
      ${button(signedIn, 'listObjects', 'List objects', field)}
    </div>
    <details>
      <summary>Replace the policy of ${name}</summary>
      ${button(
        signedIn,
        'putPolicy',
        'Save policy',
        html`${field}<label for="${id}">Bucket policy</label>
          <textarea id="${id}" name="policy" spellcheck="false">
${repairedPolicy(name, signedIn)}</textarea
          >`,
      )}
    </details>
  </div>`;
}

function identity(signedIn: ConsoleSession, now: number): Html {
  const { caller, session } = signedIn;
  const minutes = Math.max(0, Math.ceil((session.expiresAt - now) / 60_000));
  const end = new Date(session.expiresAt).toISOString().slice(0, 16);
  return html`<section>
    <h2>Signed in</h2>
    <dl>
      <dt>Account</dt>
      <dd>${caller.accountId} (${caller.partition})</dd>
      <dt>Role</dt>
      <dd>${session.role.name}</dd>
      <dt>Session</dt>
      <dd>${session.name}</dd>
      <dt>Region</dt>
      <dd>${caller.account.region}</dd>
      <dt>Ends</dt>
      <dd>in ${minutes} min, at ${end.replace('T', ' ')} UTC</dd>
    </dl>
  </section>`;
}

function result(outcome: Outcome | undefined): Html {
  if (!outcome) return html``;
  const { title, refused, text } = outcome;
  const output = text ? html`<pre>${text}</pre>` : html``;
  return refused
    ? html`<section class="bad" role="alert" id="result">
        <h2>${title}: refused by AWS (${refused.code})</h2>
        <p>${refused.message}</p>
      </section>`
    : html`<section class="good" role="status" id="result">
        <h2>${title}: done</h2>
        ${output}
      </section>`;
}

function identities(signedIn: ConsoleSession): Html {
  const name = html`<input
    type="text"
    name="userName"
    aria-label="User name"
    value="new-user"
    maxlength="64"
  /> `;
  return html`<section>
    <h2>IAM</h2>
    <div class="row">
      ${button(signedIn, 'whoAmI', 'Who am I')}
      ${button(signedIn, 'createUser', 'Create IAM user', name)}
    </div>
  </section>`;
}

function storage(signedIn: ConsoleSession, world: World): Html {
  const buckets = world.bucketsOf(signedIn.caller.accountId);
  return html`<section>
    <h2>S3</h2>
    <div class="row">${button(signedIn, 'listBuckets', 'List buckets')}</div>
    ${buckets.map(bucket => bucketRow(bucket.name, signedIn))}
  </section>`;
}

function secrets(signedIn: ConsoleSession): Html {
  const names = [...signedIn.caller.account.secrets.keys()];
  return html`<section>
    <h2>Secrets Manager</h2>
    <div class="row">
      ${names.map(name =>
        button(signedIn, 'readSecret', `Read ${name}`, hidden('secret', name)),
      )}
    </div>
  </section>`;
}

function compute(signedIn: ConsoleSession): Html {
  return html`<section>
    <h2>EC2</h2>
    <div class="row">
      ${button(signedIn, 'listInstances', 'List instances')}
      ${button(signedIn, 'runInstance', 'Start an instance')}
    </div>
  </section>`;
}

/** The services, the one that the person came for first. */
function serviceSections(
  signedIn: ConsoleSession,
  world: World,
  first: string | undefined,
): Html[] {
  const sections = new Map([
    ['iam', identities(signedIn)],
    ['s3', storage(signedIn, world)],
    ['secretsmanager', secrets(signedIn)],
    ['ec2', compute(signedIn)],
  ]);
  const chosen = sections.get(first ?? '');
  const rest = [...sections.values()].filter(section => section !== chosen);
  return chosen ? [chosen, ...rest] : rest;
}

/** The console: who is signed in, what just happened, and the buttons. */
export function consolePage(
  signedIn: ConsoleSession,
  world: World,
  shown: { outcome?: Outcome; service?: string } = {},
): WireAnswer {
  const { caller, session } = signedIn;
  const body = html`<header>
      <h1>Sandbox AWS console</h1>
      <span>${session.role.name}/${session.name} @ ${caller.accountId}</span>
      ${button(signedIn, 'signOut', 'Sign out')}
    </header>
    <main>
      ${result(shown.outcome)}${identity(signedIn, world.clock.now())}
      ${serviceSections(signedIn, world, shown.service)}
      <p class="soft">
        This page stands in for the AWS console. Each button calls the service
        as this session, and each call is in CloudTrail.
      </p>
    </main>`;
  return page(`${caller.accountId} · Sandbox AWS console`, body);
}
