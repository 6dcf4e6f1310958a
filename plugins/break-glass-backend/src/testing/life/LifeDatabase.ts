import knexFactory, { Knex } from 'knex';
import { migrate } from '../../database/migrate';
import {
  RawConnection,
  RawStatement,
  StatementFaults,
} from './StatementFaults';

type Row = Record<string, any>;

const open = (
  filename: string | Buffer,
  onConnection: (connection: RawConnection) => void,
) =>
  knexFactory({
    client: 'better-sqlite3',
    connection: { filename: filename as string },
    useNullAsDefault: true,
    pool: {
      afterCreate: (connection: RawConnection, done: () => void) => {
        connection.pragma('foreign_keys = ON');
        onConnection(connection);
        done();
      },
    },
  });

/** A migrated, empty database as bytes: opening it again costs next to nothing. */
export async function migratedImage(): Promise<Buffer> {
  let raw: RawConnection;
  const knex = open(':memory:', connection => {
    raw = connection;
  });
  await migrate(knex);
  const image = raw!.serialize();
  await knex.destroy();
  return image;
}

/** One database in memory, whose statements can be made to fail. */
export class LifeDatabase {
  readonly faults = new StatementFaults();
  private raw!: RawConnection;
  private prepare!: RawConnection['prepare'];

  readonly knex: Knex;
  private readonly statements = new Map<string, RawStatement>();

  private constructor(image: Buffer) {
    this.knex = open(image, connection => {
      this.raw = connection;
      this.prepare = this.faults.wrap(connection);
    });
  }

  /** @param image - bytes of a database, see {@link migratedImage} */
  static async open(image: Buffer): Promise<LifeDatabase> {
    const database = new LifeDatabase(image);
    await database.knex.raw('SELECT 1');
    return database;
  }

  /** Reads past the faults, and past everything that the product does when it reads. */
  rows(sql: string): Row[] {
    const known = this.statements.get(sql) ?? this.prepare(sql);
    this.statements.set(sql, known);
    return known.all();
  }

  /** What is committed, as bytes; an open transaction is gone, as after a crash. */
  bytes(): Buffer {
    if (this.raw.inTransaction) {
      this.prepare('ROLLBACK').run();
    }
    return this.raw.serialize();
  }

  async close(): Promise<void> {
    await this.knex.destroy();
  }
}
