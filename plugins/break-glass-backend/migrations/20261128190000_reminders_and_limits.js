/*
 * When approvers were reminded of a request and how often, when it was escalated,
 * and how much one person asked for in the last hour.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('leases', table => {
    table.bigInteger('approval_reminded_at');
    table.integer('approval_reminders');
    table.bigInteger('approval_escalated_at');
    table.index(['requester_key', 'requested_at'], 'leases_by_hour');
  });
  await knex.schema.alterTable('sessions', table => {
    table.index(['requester', 'requested_at'], 'sessions_by_hour');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('sessions', table => {
    table.dropIndex(['requester', 'requested_at'], 'sessions_by_hour');
  });
  await knex.schema.alterTable('leases', table => {
    table.dropIndex(['requester_key', 'requested_at'], 'leases_by_hour');
  });
  await knex.schema.alterTable('leases', table => {
    table.dropColumn('approval_escalated_at');
    table.dropColumn('approval_reminders');
    table.dropColumn('approval_reminded_at');
  });
};
