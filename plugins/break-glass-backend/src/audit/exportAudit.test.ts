import { AuditStore } from '../database/types';
import { anAuditEvent, appendEntries } from '../testing/audit';
import { describeDatabases } from '../testing/databases';
import { csvCell } from './csvCell';
import { exportAudit, ExportFormat } from './exportAudit';

async function exported(
  audit: AuditStore,
  format: ExportFormat,
  filter: object = {},
) {
  const pieces: string[] = [];
  for await (const piece of exportAudit(audit, filter, format)) {
    pieces.push(piece);
  }
  return pieces;
}

describe('a cell of a CSV file', () => {
  it.each([
    '=HYPERLINK("http://evil.example")',
    '+1+1',
    '-2',
    '@SUM(A1)',
    '  =1',
    '＝1',
    '＠x',
  ])('pitfall 28: %s is no formula', text => {
    expect(csvCell(text)).toMatch(/^"'/);
  });

  it('pitfall 32: quotes, lines, terminals and directions are inert', () => {
    expect(csvCell('a"b,c')).toBe('"a""b,c"');
    expect(csvCell('a\r\n=b')).toBe('"a\\u000d\\u000a=b"');
    expect(csvCell('\u001b[31m\u202edb')).toBe('"\\u001b[31m\\u202edb"');
    expect(csvCell('\t=1')).toBe('"\\u0009=1"');
    expect(csvCell(undefined)).toBe('""');
    expect(csvCell(7)).toBe('"7"');
  });
});

describe('exporting the audit log', () => {
  describeDatabases((_name, open) => {
    it('streams every entry that fits, newest first, batch by batch', async () => {
      const { database } = await open();
      await database.transaction(stores => appendEntries(stores.audit, 1_001));
      await database.audit.append(anAuditEvent({ actor: 'system' }));
      const pieces = await exported(database.audit, 'jsonl', {
        actor: 'user:default/mary',
      });
      expect(pieces).toHaveLength(3);
      const lines = pieces
        .join('')
        .trim()
        .split('\n')
        .map(line => JSON.parse(line));
      expect(lines.map(line => line.seq)).toEqual(
        Array.from({ length: 1_001 }, (_, index) => 1_001 - index),
      );
      expect(lines[0]).toMatchObject({
        at: '2026-10-01T12:00:00.000Z',
        details: { index: 1_000 },
      });
    });

    it('writes one line of CSV for each entry, whatever it holds', async () => {
      const { database } = await open();
      await database.audit.append(
        anAuditEvent({
          actor: '=cmd()',
          details: { reason: 'two\nlines, "quoted"' },
        }),
      );
      const [header, line, end] = (await exported(database.audit, 'csv'))
        .join('')
        .split('\r\n');
      expect(header).toMatch(/^"seq","at","actor",/);
      expect(line).toContain(`"'=cmd()"`);
      expect(line).toContain(`"{""reason"":""two\\nlines, \\""quoted\\""""}"`);
      expect(end).toBe('');
    });

    it('of an empty log is a header, or nothing', async () => {
      const { database } = await open();
      expect(await exported(database.audit, 'csv')).toHaveLength(1);
      expect(await exported(database.audit, 'jsonl')).toEqual([]);
    });
  });
});
