import { refsOf } from '../../accounts/principals';
import { BreakGlassConfig } from '../../config/types';
import { OutboxMessage, PanicRow } from '../../database/types';

/** Where panics are in the portal. */
const PATH = '/break-glass/panic';

function notice(
  config: Pick<BreakGlassConfig, 'responders' | 'auditors'>,
  row: PanicRow,
  title: string,
  description: string,
): OutboxMessage[] {
  const recipients = [config.responders, config.auditors]
    .flatMap(refsOf)
    .filter(ref => ref.includes(':'));
  return [
    ...(recipients.length > 0
      ? [
          {
            kind: 'notification' as const,
            recipients: [...new Set(recipients)],
            title,
            description,
            link: PATH,
            severity: 'critical' as const,
            topic: 'break-glass',
            scope: `break-glass:panic:${row.id}`,
          },
        ]
      : []),
    { kind: 'signal' },
  ];
}

/** What responders and auditors are told. The reason stays in the portal (pitfall 32). */
export const panicMessages = {
  raised: (config: BreakGlassConfig, row: PanicRow, who: string) => [
    { kind: 'panic', panicId: row.id } as const,
    ...notice(
      config,
      row,
      `${who} stopped ${row.title}`,
      'Nothing is issued or approved any more, and leases are being revoked. Open it to see why.',
    ),
  ],
  liftAsked: (config: BreakGlassConfig, row: PanicRow, who: string) =>
    notice(
      config,
      row,
      `${who} asks to lift the stop of ${row.title}`,
      'A second responder has to confirm. Open it to read why.',
    ),
  lifted: (config: BreakGlassConfig, row: PanicRow, who: string) =>
    notice(
      config,
      row,
      `${who} lifted the stop of ${row.title}`,
      'New leases can be asked for. Those that were revoked stay revoked.',
    ),
};
