import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { me } from './__testUtils__/accounts';
import {
  afterNoon,
  endedLease,
  LEASE_ID,
  nothing,
  yes,
} from './__testUtils__/leases';
import { renderPlugin } from './__testUtils__/render';
import { testBackend } from './__testUtils__/server';
import { complete, event, session, timeline } from './__testUtils__/timeline';
import { residueItem, understanding } from './__testUtils__/understanding';
import { unbrokeredDetail, USE_ID } from './__testUtils__/unbrokered';
import { BreakGlassRouter } from './components/BreakGlassPage';

const backend = testBackend();

/** What a stranger could put into any field of a record, told apart by the field's name. */
const hostile = (field: string) =>
  `${field} <img src=x onerror=alert(1)> <script>alert(1)</script> [a](javascript:alert(1)) https://evil.example/${field} {{t}} "\u202Egpj.exe ${'W'.repeat(
    300,
  )}`;

const hostileEvent = event('hostile', 3, {
  service: hostile('service'),
  action: hostile('action'),
  region: hostile('region'),
  refused: true,
  errorCode: hostile('errorCode'),
  errorMessage: hostile('errorMessage'),
  resources: [hostile('resource')],
  sourceIp: hostile('sourceIp'),
  userAgent: hostile('userAgent'),
  sensitive: [{ rule: 'rule', why: hostile('why') }],
});

/** Fields whose text is nowhere on the page as it was sent. */
function lost(fields: string[]): string[] {
  const text = document.body.textContent ?? '';
  return fields.filter(field => !text.includes(hostile(field)));
}

/** Elements that text of a stranger turned into something, and links that lead to where it says. */
function grown(): Element[] {
  return [
    ...document.querySelectorAll(
      'img, body script, iframe, [onerror], a[href*="evil"], a[href^="javascript"]',
    ),
  ];
}

/** Places of the text of a field that are not isolated from the text around them, and do not wrap. */
function loose(field: string): Element[] {
  const holders = [...document.body.querySelectorAll('*')].filter(element =>
    [...element.childNodes].some(
      node =>
        node.nodeType === Node.TEXT_NODE &&
        node.textContent?.includes(hostile(field)),
    ),
  );
  expect(holders.length).toBeGreaterThan(0);
  return holders.filter(holder => !holder.closest('[dir="auto"]'));
}

describe('text of strangers', () => {
  beforeEach(() => backend.on('me', me()));

  it('pitfall 32: is text in every field of an event and of what is made of it', async () => {
    backend.on(
      'getLease',
      endedLease({
        actions: { ...nothing, review: yes },
        sessions: [session({ sessionName: hostile('sessionName') })],
      }),
    );
    backend.on(
      'getTimeline',
      timeline([hostileEvent], {
        items: [
          {
            kind: 'session',
            at: afterNoon(1),
            session: session({ sessionName: hostile('sessionName') }),
          },
          { kind: 'event', at: hostileEvent.at, event: hostileEvent },
        ],
        completeness: {
          ...complete,
          unreadable: [hostile('unreadable')],
          notes: [hostile('note')],
        },
      }),
    );
    backend.on(
      'getUnderstanding',
      understanding({
        sentence: hostile('sentence'),
        services: [
          {
            service: hostile('touched'),
            events: 1,
            writes: 1,
            refused: 0,
            sensitive: 0,
            inProfile: false,
          },
        ],
        lacking: [{ action: hostile('lacking'), calls: 1, profiles: [] }],
        networks: [{ network: hostile('network'), events: 1, isNew: true }],
        residue: [
          residueItem({ what: hostile('what'), resource: hostile('left') }),
        ],
      }),
    );
    backend.on('getActivityRecord', {
      record: { userAgent: 'raw <img src=x onerror=alert(1)>' },
    });
    await renderPlugin(<BreakGlassRouter />, {
      path: `/break-glass/leases/${LEASE_ID}`,
    });
    const row = await screen.findByTestId('timeline-event');
    await userEvent.click(within(row).getByRole('button'));
    expect(
      await screen.findByText(/raw <img src=x onerror=alert\(1\)>/),
    ).toBeInTheDocument();
    await screen.findByRole('list', { name: 'Left behind' });

    const fields = [
      ...['action', 'region', 'errorMessage', 'resource', 'sourceIp'],
      ...['userAgent', 'why', 'sessionName', 'unreadable'],
      ...['note', 'sentence', 'touched', 'lacking', 'network', 'what', 'left'],
    ];
    expect(lost(fields)).toEqual([]);
    expect(grown()).toEqual([]);
    expect(fields.flatMap(loose)).toEqual([]);
  });

  it('pitfall 32: is text in every field of an unbrokered use', async () => {
    backend.on(
      'getUnbrokered',
      unbrokeredDetail({
        principal: hostile('principal'),
        roleArn: hostile('roleArn'),
        emergencyUser: hostile('emergencyUser'),
        sessionName: hostile('sessionName'),
        sourceIp: hostile('sourceIp'),
        userAgent: hostile('userAgent'),
        words: hostile('words'),
      }),
    );
    backend.on('listUnbrokeredActivity', { items: [hostileEvent], total: 1 });
    await renderPlugin(<BreakGlassRouter />, {
      path: `/break-glass/unbrokered/${USE_ID}`,
    });
    await screen.findByTestId('timeline-event');
    const fields = [
      ...['principal', 'roleArn', 'emergencyUser', 'sessionName', 'sourceIp'],
      ...['userAgent', 'words', 'action'],
    ];
    expect(lost(fields)).toEqual([]);
    expect(grown()).toEqual([]);
    expect(fields.flatMap(loose)).toEqual([]);
  });
});
