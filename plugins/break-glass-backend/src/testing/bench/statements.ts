import { Knex } from 'knex';

/** SQL statements of some work, without those that begin and end transactions. */
export async function statementsOf(
  knex: Knex,
  work: () => Promise<unknown>,
): Promise<{ own: string[]; delivery: string[] }> {
  const statements: string[] = [];
  const listen = ({ sql }: { sql: string }) => statements.push(sql);
  knex.on('query', listen);
  await work();
  knex.removeListener('query', listen);
  const all = statements.filter(sql => !/^(BEGIN|COMMIT|ROLLBACK)/i.test(sql));
  // What the outbox does meanwhile, for whatever waits in it.
  const delivery = all.filter(
    sql => sql.includes('"outbox"') && !sql.startsWith('insert'),
  );
  return { own: all.filter(sql => !delivery.includes(sql)), delivery };
}
