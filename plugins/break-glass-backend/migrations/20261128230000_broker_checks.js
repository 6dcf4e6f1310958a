/*
 * Checks of the broker in all accounts: how far each is, what it found, and the
 * keys that it was given. Instants are epoch milliseconds, ids are ULIDs.
 */

/** @param {import('knex').Knex} knex */
const isPostgres = knex => knex.client.config.client === 'pg';

/** Ordered byte by byte, as ids of the first tables. */
const ordered = (knex, length) =>
  isPostgres(knex) ? `varchar(${length}) COLLATE "C"` : `varchar(${length})`;

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('broker_checks', table => {
    table.comment(
      'Checks whether the broker can use the roles of all accounts',
    );
    table.specificType('id', ordered(knex, 26)).primary();
    table
      .string('state', 16)
      .notNullable()
      .checkIn(['running', 'finished', 'failed'], 'broker_checks_state');
    table.text('started_by').notNullable();
    table.bigInteger('started_at').notNullable();
    table.text('claimed_by').notNullable();
    table.bigInteger('claimed_until').notNullable();
    table.integer('total');
    table.integer('done').notNullable();
    table.integer('problems').notNullable();
    table.bigInteger('finished_at');
    table.text('words');
  });
  await knex.raw(
    `CREATE UNIQUE INDEX broker_checks_one ON broker_checks (state) WHERE state = 'running'`,
  );
  await knex.schema.createTable('broker_check_results', table => {
    table.comment('What a check found in one account');
    table
      .specificType('check_id', ordered(knex, 26))
      .notNullable()
      .references('broker_checks.id')
      .onDelete('CASCADE');
    table.specificType('account_ref', ordered(knex, 400)).notNullable();
    table.text('account_title').notNullable();
    table.string('account_id', 12).notNullable();
    table.string('partition', 16).notNullable();
    table.integer('roles').notNullable();
    table.integer('problem_count').notNullable();
    table.text('problems').notNullable();
    table.bigInteger('checked_at').notNullable();
    table.primary(['check_id', 'account_ref']);
    table.index(
      ['check_id', 'problem_count', 'account_ref'],
      'broker_check_results_order',
    );
  });
  await knex.schema.createTable('broker_check_keys', table => {
    table.comment(
      'Keys that AWS gave to checks, told apart from strangers by them',
    );
    table.string('access_key_id', 128).primary();
    table.specificType('check_id', ordered(knex, 26)).notNullable();
    table.text('role_arn').notNullable();
    table.bigInteger('created_at').notNullable();
    table.index(['created_at'], 'broker_check_keys_by_age');
  });
  await knex.schema.alterTable('leases', table => {
    table.index(['kill_accepted_at'], 'leases_by_kill_accepted', {
      predicate: knex.whereNotNull('kill_accepted_at'),
    });
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('leases', table => {
    table.dropIndex([], 'leases_by_kill_accepted');
  });
  await knex.schema.dropTable('broker_check_keys');
  await knex.schema.dropTable('broker_check_results');
  await knex.schema.dropTable('broker_checks');
};
