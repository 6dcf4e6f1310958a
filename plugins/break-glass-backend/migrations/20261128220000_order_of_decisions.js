/*
 * Which decision came before which, counted under the lock of their lease: their
 * ids begin with the time of the replica that made them, and clocks differ by
 * seconds. Steps that run one after another depend on it. Earlier decisions keep
 * the order of their ids.
 */
const TABLES = ['decisions', 'extension_decisions'];

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  for (const table of TABLES) {
    await knex.schema.alterTable(table, builder => {
      builder.integer('ordinal').notNullable().defaultTo(0);
    });
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of TABLES) {
    await knex.schema.alterTable(table, builder => {
      builder.dropColumn('ordinal');
    });
  }
};
