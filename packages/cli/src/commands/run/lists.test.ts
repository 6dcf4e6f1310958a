import { EXIT } from '../../exitCodes';
import { aLease, NOW } from '../../testing/aLease';
import { stubSession } from '../../testing/stubSession';
import { Terminal } from '../../testing/Terminal';

const anAccount = (name: string) => ({
  ref: `resource:default/${name}`,
  title: `Account ${name}`,
  accountId: '111122223333',
  controlPlane: false,
  problems: [],
});

/** A lease as it stands in a list. */
function inList(end: string) {
  const summary: Record<string, unknown> = {
    ...aLease({
      id: `01M3VNBWG0VWRFHRB92BTVC5A${end}`,
      status: 'active',
      expiresAt: '2026-10-01T12:20:00.000Z',
    }),
  };
  const detail =
    'version order steps decisions sessions policy reviews extensions extendable actions hints';
  detail.split(' ').forEach(key => delete summary[key]);
  return summary;
}

const terminals: Terminal[] = [];
afterAll(() => terminals.forEach(terminal => terminal.remove()));

async function run(args: string[], answers: Record<string, unknown>) {
  const { session, sent } = stubSession(answers);
  const terminal = new Terminal({ now: () => NOW, session });
  terminals.push(terminal);
  const outcome = await terminal.run(args);
  return { ...outcome, cursors: sent.map(({ query }) => query.cursor) };
}

const twoPages = (one: unknown, other: unknown) => [
  { items: [one], nextCursor: 'next' },
  { items: [other] },
];
const endless = (one: unknown) => ({ items: [one], nextCursor: 'same' });

describe('lists that come in pages', () => {
  it('of accounts are shown a page at a time, with what leads to the next', async () => {
    const { stdout, stderr, cursors } = await run(
      ['accounts', '--limit', '1', '--cursor', 'here'],
      { 'GET /v1/accounts': twoPages(anAccount('one'), anAccount('two')) },
    );

    expect(cursors).toEqual(['here']);
    expect(stdout).toContain('Account one');
    expect(stderr).toBe('There are more: add --all, or --cursor next\n');
  });

  it.each([
    ['accounts', ['accounts', '--all'], 'one', 'two'],
    ['one’s leases', ['status'], '1', '2'],
    ['approvals', ['status', '--approvals'], '1', '2'],
  ])('of %s are followed to the end', async (what, args, one, other) => {
    const row = what === 'accounts' ? anAccount : inList;
    const { stdout, stderr, cursors } = await run(args, {
      'GET /v1/accounts': twoPages(row(one), row(other)),
      'GET /v1/leases': twoPages(row(one), row(other)),
    });

    expect(cursors).toEqual([undefined, 'next']);
    expect(stdout).toContain(what === 'accounts' ? 'Account two' : '5A2');
    expect(stderr).toBe('');
  });

  it.each([
    ['accounts', ['accounts', '--all']],
    ['one’s leases', ['status']],
    ['approvals', ['status', '--approvals']],
    ['leases to end', ['end']],
    ['accounts to find one in', ['request', 'one']],
  ])('of %s are not shown in part where they repeat', async (_, args) => {
    const { exitCode, stdout, stderr, cursors } = await run(args, {
      'GET /v1/accounts': endless(anAccount('one')),
      'GET /v1/leases': endless(inList('1')),
    });

    expect(cursors).toEqual([undefined, 'same']);
    expect({ exitCode, stdout }).toEqual({ exitCode: EXIT.failed, stdout: '' });
    expect(stderr).toContain('does not come to an end');
  });

  it('look up no more than ten requests of theirs', async () => {
    const items = [...'0123456789ABC'].map(
      (end): Record<string, unknown> => ({ ...inList(end), status: 'pending' }),
    );
    const details = Object.fromEntries(
      items.map(({ id }) => [
        `GET /v1/leases/${id}`,
        aLease({ id: String(id) }),
      ]),
    );

    const { stdout, cursors } = await run(['status'], {
      'GET /v1/leases': { items },
      ...details,
    });

    expect(cursors).toHaveLength(1 + 10);
    expect(stdout.match(/waits for:/g)).toHaveLength(10);
  });
});
