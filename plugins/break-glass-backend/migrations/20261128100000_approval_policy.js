/*
 * The approval policy of a lease as a column of its own: lists of what somebody
 * may decide are filtered by it. It never changes, as the scope does not.
 */

/** Rows of one round. */
const BATCH = 500;

/** Copies the id out of the frozen scopes, which are JSON text. */
async function backfill(knex) {
  let after = '';
  for (;;) {
    const rows = await knex('leases')
      .select('id', 'scope')
      .where('id', '>', after)
      .orderBy('id')
      .limit(BATCH);
    for (const { id, scope } of rows) {
      await knex('leases')
        .where({ id })
        .update({ approval_policy_id: JSON.parse(scope).approvalPolicy.id });
    }
    if (rows.length < BATCH) {
      return;
    }
    after = rows[rows.length - 1].id;
  }
}

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('leases', table => {
    table.string('approval_policy_id', 64).notNullable().defaultTo('');
    table.index(['approval_policy_id', 'status'], 'leases_by_approval_policy');
  });
  await backfill(knex);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('leases', table => {
    table.dropIndex(
      ['approval_policy_id', 'status'],
      'leases_by_approval_policy',
    );
    table.dropColumn('approval_policy_id');
  });
};
