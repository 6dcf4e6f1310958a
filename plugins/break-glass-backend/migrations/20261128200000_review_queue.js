/*
 * The queue of reviews in its order, what is due first: without it, every open
 * review is read and sorted for a page of them.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.raw(
    `CREATE INDEX leases_review_queue ON leases (coalesce(review_due_at, 0), id)
      WHERE review_state IN ('collecting', 'open')`,
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('DROP INDEX leases_review_queue');
};
