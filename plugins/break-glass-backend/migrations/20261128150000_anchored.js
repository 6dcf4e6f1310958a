/*
 * The database remembers how far its audit log was anchored outside of it: an
 * anchor file that is emptied, lost or replaced by an older one is noticed.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('audit_anchored', table => {
    table.comment('One row: the newest entry of audit_log that was anchored');
    table.integer('id').primary();
    table.bigInteger('seq').notNullable();
  });
  await knex('audit_anchored').insert({ id: 1, seq: 0 });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('audit_anchored');
};
