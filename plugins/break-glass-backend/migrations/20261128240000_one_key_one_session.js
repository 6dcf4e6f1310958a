/*
 * An access key belongs to one session, and the write says so: AWS never gives a
 * key twice, so a broker that does hands one secret to two. Keys that are doubled
 * already stay on record as they are: `key_repeat` counts the sessions before with
 * the same key, and is 0 for every new one. Sessions without a key are not compared.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('sessions', table => {
    table.integer('key_repeat').notNullable().defaultTo(0);
  });
  const before = `FROM sessions earlier
    WHERE earlier.access_key_id = sessions.access_key_id AND earlier.id < sessions.id`;
  await knex.raw(
    `UPDATE sessions SET key_repeat = (SELECT count(*) ${before}) WHERE EXISTS (SELECT 1 ${before})`,
  );
  await knex.schema.alterTable('sessions', table => {
    table.dropIndex(['access_key_id'], 'sessions_by_access_key');
    table.unique(['access_key_id', 'key_repeat'], {
      indexName: 'sessions_one_key',
      useConstraint: false,
    });
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('DROP INDEX sessions_one_key');
  await knex.raw('ALTER TABLE sessions DROP COLUMN key_repeat');
  await knex.schema.alterTable('sessions', table => {
    table.index(['access_key_id'], 'sessions_by_access_key');
  });
};
