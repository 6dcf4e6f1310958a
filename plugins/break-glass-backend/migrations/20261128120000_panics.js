/*
 * What responders stopped: a person, an account, or everything. Instants are
 * epoch milliseconds, ids are ULIDs.
 */

/** @param {import('knex').Knex} knex */
const isPostgres = knex => knex.client.config.client === 'pg';

/** Ids are ordered byte by byte, as in the first tables. */
const idType = knex =>
  isPostgres(knex) ? 'varchar(26) COLLATE "C"' : 'varchar(26)';

const KINDS = ['notification', 'signal', 'kill', 'collect'];

/** Lets messages be of these kinds; those of others go. */
async function allowKinds(knex, kinds) {
  await knex('outbox').whereNotIn('kind', kinds).delete();
  if (!isPostgres(knex)) {
    await rebuildOutbox(knex, kinds);
    return;
  }
  await knex.schema.alterTable('outbox', table => {
    table.dropChecks('outbox_kind');
  });
  await knex.schema.alterTable('outbox', table => {
    table.check(
      `kind IN (${kinds.map(kind => `'${kind}'`).join(', ')})`,
      undefined,
      'outbox_kind',
    );
  });
}

/** SQLite changes no check of a table that is there: the table is made anew, with what waits. */
async function rebuildOutbox(knex, kinds) {
  await knex.schema.createTable('outbox_rebuilt', table => {
    table.comment('Messages written with a transaction, delivered after it');
    table.specificType('id', idType(knex)).primary();
    table.string('kind', 16).notNullable().checkIn(kinds, 'outbox_kind');
    table.text('message').notNullable();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('available_at').notNullable();
    table.integer('attempts').notNullable();
    table.bigInteger('delivered_at');
    table.bigInteger('abandoned_at');
    table.text('last_error');
  });
  const columns = [
    ...['id', 'kind', 'message', 'created_at', 'available_at', 'attempts'],
    ...['delivered_at', 'abandoned_at', 'last_error'],
  ];
  await knex('outbox_rebuilt').insert(knex('outbox').select(columns));
  await knex.schema.dropTable('outbox');
  await knex.schema.renameTable('outbox_rebuilt', 'outbox');
  await knex.schema.alterTable('outbox', table => {
    table.index(['available_at', 'id'], 'outbox_due', {
      predicate: knex.whereNull('delivered_at').whereNull('abandoned_at'),
    });
    table.index(['delivered_at'], 'outbox_by_delivery');
  });
}

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await allowKinds(knex, [...KINDS, 'panic']);
  await knex.schema.createTable('panics', table => {
    table.comment('What responders stopped, until two of them lift it');
    table.specificType('id', idType(knex)).primary();
    table
      .string('kind', 16)
      .notNullable()
      .checkIn(['person', 'account', 'all'], 'panics_kind');
    table.text('target_ref');
    table.text('target_key').notNullable();
    table.text('title').notNullable();
    table.text('reason').notNullable();
    table.text('raised_by').notNullable();
    table.bigInteger('raised_at').notNullable();
    table.text('lift_asked_by');
    table.text('lift_asked_by_key');
    table.bigInteger('lift_asked_at');
    table.text('lift_reason');
    table.text('lifted_by');
    table.bigInteger('lifted_at');
    table.index(['lifted_at', 'kind', 'target_key'], 'panics_in_force');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('panics');
  await allowKinds(knex, KINDS);
};
