/*
 * Extensions of active leases, and the decisions on them. Instants are epoch
 * milliseconds, ids are ULIDs, lengths are minutes.
 */

/** @param {import('knex').Knex} knex */
const idType = knex =>
  knex.client.config.client === 'pg'
    ? 'varchar(26) COLLATE "C"'
    : 'varchar(26)';

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('extensions', table => {
    table.comment('More time for active leases, asked for and decided');
    table.specificType('id', idType(knex)).primary();
    table.specificType('lease_id', idType(knex)).notNullable();
    table
      .string('status', 16)
      .notNullable()
      .checkIn(
        ['pending', 'approved', 'rejected', 'cancelled'],
        'extensions_status',
      );
    table.text('reason').notNullable();
    table.integer('from_minutes').notNullable();
    table.integer('to_minutes').notNullable();
    table.bigInteger('requested_at').notNullable();
    table.bigInteger('settled_at');
    table.foreign('lease_id').references('leases.id');
    table.index(['lease_id', 'id'], 'extensions_of_lease');
  });
  await knex.schema.alterTable('extensions', table => {
    table.unique(['lease_id'], {
      indexName: 'extensions_pending',
      predicate: knex.whereRaw("status = 'pending'"),
      useConstraint: false,
    });
  });
  await knex.schema.createTable('extension_decisions', table => {
    table.comment('Decisions of people on extensions; one person counts once');
    table.specificType('id', idType(knex)).primary();
    table.specificType('extension_id', idType(knex)).notNullable();
    table.specificType('lease_id', idType(knex)).notNullable();
    table.string('step_id', 64).notNullable();
    table.text('person').notNullable();
    table.text('person_key').notNullable();
    table
      .string('verdict', 16)
      .notNullable()
      .checkIn(['approve', 'reject'], 'extension_decisions_verdict');
    table.text('comment');
    table.string('scope_hash', 64).notNullable();
    table.bigInteger('start_at');
    table.integer('duration_minutes').notNullable();
    table.bigInteger('decided_at').notNullable();
    table.foreign('extension_id').references('extensions.id');
    table.unique(['extension_id', 'person_key'], {
      indexName: 'extension_decisions_once',
    });
    table.index(['lease_id', 'id'], 'extension_decisions_of_lease');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('extension_decisions');
  await knex.schema.dropTable('extensions');
};
