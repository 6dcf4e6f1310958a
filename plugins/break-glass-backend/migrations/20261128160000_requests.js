/*
 * One open request of a person for the same thing (`request_key`), and an index
 * for how often one person approved another.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('leases', table => {
    table.string('request_key', 64);
  });
  await knex.schema.alterTable('leases', table => {
    table.unique(['request_key'], {
      indexName: 'leases_open_request',
      predicate: knex.whereRaw("status = 'pending'"),
      useConstraint: false,
    });
  });
  await knex.schema.alterTable('decisions', table => {
    table.index(['person_key', 'decided_at'], 'decisions_by_person');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('decisions', table => {
    table.dropIndex(['person_key', 'decided_at'], 'decisions_by_person');
  });
  await knex.schema.alterTable('leases', table => {
    table.dropIndex(['request_key'], 'leases_open_request');
  });
  await knex.schema.alterTable('leases', table => {
    table.dropColumn('request_key');
  });
};
