/*
 * Whether the ticket of a lease was confirmed by the ticket system when it was asked
 * for; null where no system was asked.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('leases', table => {
    table.string('ticket_check', 16);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('leases', table => {
    table.dropColumn('ticket_check');
  });
};
