/*
 * What evidence says beside its events, what a lease left behind, what remains
 * to be done after reviews, and uses of roles that no lease explains. Instants
 * are epoch milliseconds, lists and objects are JSON text, ids are ULIDs.
 */

/** @param {import('knex').Knex} knex */
const isPostgres = knex => knex.client.config.client === 'pg';

/** Ids are ordered byte by byte, as in the first tables. */
function idColumn(knex, table, name, length = 26) {
  const type = `varchar(${length})`;
  return table.specificType(
    name,
    isPostgres(knex) ? `${type} COLLATE "C"` : type,
  );
}

/** Columns without a default stay empty in old rows: the hash of frozen evidence does not change. */
async function extendTables(knex) {
  await knex.schema.alterTable('leases', table => {
    table.text('reviewer');
    table.bigInteger('review_reminded_at');
    table.bigInteger('review_escalated_at');
    table.index(['review_state', 'review_due_at'], 'leases_by_review_due');
  });
  await knex.schema.alterTable('evidence', table => {
    table.text('notes').notNullable().defaultTo('[]');
    table.text('blind_spots').notNullable().defaultTo('[]');
    table.bigInteger('bytes_scanned');
    table.integer('writes').notNullable().defaultTo(0);
    table.integer('refused').notNullable().defaultTo(0);
    table.integer('sensitive').notNullable().defaultTo(0);
    table.integer('residue_open').notNullable().defaultTo(0);
    table.text('networks').notNullable().defaultTo('[]');
  });
  await knex.schema.alterTable('activity_events', table => {
    table.string('account_id', 12);
    table.text('also_in');
    table.bigInteger('found_at');
  });
}

async function createResidue(knex) {
  await knex.schema.createTable('residue', table => {
    table.comment('What was made under a lease and can outlive it');
    idColumn(knex, table, 'lease_id').notNullable();
    table.string('key', 64).notNullable();
    table.string('kind', 16).notNullable();
    table.text('what').notNullable();
    table.text('resource').notNullable();
    idColumn(knex, table, 'event_id', 64).notNullable();
    table.bigInteger('at').notNullable();
    table
      .string('state', 16)
      .notNullable()
      .checkIn(['open', 'gone', 'removed', 'justified'], 'residue_state');
    table.text('comment');
    table.text('decided_by');
    table.bigInteger('decided_at');
    table.primary(['lease_id', 'key']);
    table.foreign('lease_id').references('leases.id');
  });
}

async function createFollowUps(knex) {
  await knex.schema.createTable('follow_ups', table => {
    table.comment('What remains to be done after reviews');
    idColumn(knex, table, 'id').primary();
    idColumn(knex, table, 'lease_id');
    idColumn(knex, table, 'unbrokered_id');
    idColumn(knex, table, 'review_id').notNullable();
    table.text('account_title').notNullable();
    table.text('title').notNullable();
    table.text('owner');
    table.bigInteger('due_at');
    table.bigInteger('created_at').notNullable();
    table.text('created_by').notNullable();
    table.bigInteger('done_at');
    table.text('done_by');
    table.text('done_comment');
    table.bigInteger('reminded_at');
    table.index(['owner', 'done_at', 'id'], 'follow_ups_by_owner');
    table.index(['done_at', 'due_at'], 'follow_ups_by_due');
    table.index(['lease_id', 'id'], 'follow_ups_by_lease');
    table.index(['unbrokered_id', 'id'], 'follow_ups_by_use');
  });
}

async function createUnbrokered(knex) {
  await knex.schema.createTable('unbrokered_uses', table => {
    table.comment('Uses of roles and emergency users that no lease explains');
    idColumn(knex, table, 'id').primary();
    table.integer('version').notNullable();
    // SHA-256 of what makes a use the same one, whoever reports it.
    table.string('identity', 64).notNullable();
    table
      .string('state', 16)
      .notNullable()
      .checkIn(
        ['open', 'justified', 'accepted', 'flagged'],
        'unbrokered_uses_state',
      );
    table.string('kind', 20).notNullable();
    table.bigInteger('at').notNullable();
    table.bigInteger('found_at').notNullable();
    table.string('via', 16).notNullable();
    table.boolean('seen_in_logs').notNullable();
    table.text('account_ref');
    table.text('account_title').notNullable();
    table.string('account_id', 12).notNullable();
    table.string('partition', 16).notNullable();
    table.text('role_id');
    table.text('role_arn');
    table.text('session_arn');
    table.text('principal').notNullable();
    table.text('emergency_user');
    table.text('session_name');
    table.text('access_key_ids').notNullable();
    table.text('source_ip');
    table.text('user_agent');
    idColumn(knex, table, 'lease_id');
    table.text('words').notNullable();
    table.text('owner');
    // Person that the record points at, as far as that is known: never the reviewer (I8).
    table.text('person');
    table.bigInteger('due_at').notNullable();
    table.text('justified_by');
    table.bigInteger('justified_at');
    table.text('justification');
    table.text('ticket');
    table.integer('event_count').notNullable();
    table.bigInteger('collect_due_at');
    table.bigInteger('reminded_at');
    table.bigInteger('escalated_at');
    table.unique(['identity'], { indexName: 'unbrokered_uses_identity' });
    table.index(['state', 'id'], 'unbrokered_uses_by_state');
    table.index(['owner', 'id'], 'unbrokered_uses_by_owner');
    table.index(['account_ref', 'id'], 'unbrokered_uses_by_account');
    table.index(['lease_id', 'id'], 'unbrokered_uses_by_lease');
    table.index(['collect_due_at'], 'unbrokered_uses_by_collect');
  });
  await knex.schema.createTable('unbrokered_events', table => {
    table.comment('CloudTrail events of unbrokered uses, redacted');
    idColumn(knex, table, 'use_id').notNullable();
    idColumn(knex, table, 'event_id', 64).notNullable();
    table.bigInteger('at').notNullable();
    // The event as JSON: there are few, and they are only shown.
    table.text('event').notNullable();
    table.primary(['use_id', 'event_id']);
    table.foreign('use_id').references('unbrokered_uses.id');
    table.index(['use_id', 'at', 'event_id'], 'unbrokered_events_by_time');
  });
  await knex.schema.createTable('unbrokered_reviews', table => {
    table.comment('Verdicts on unbrokered uses');
    idColumn(knex, table, 'id').primary();
    idColumn(knex, table, 'use_id').notNullable();
    table.text('reviewer').notNullable();
    table
      .string('verdict', 16)
      .notNullable()
      .checkIn(['accepted', 'flagged'], 'unbrokered_reviews_verdict');
    table.text('comment').notNullable();
    table.text('checklist').notNullable();
    table.text('follow_ups').notNullable();
    table.bigInteger('at').notNullable();
    table.foreign('use_id').references('unbrokered_uses.id');
    table.index(['use_id', 'id'], 'unbrokered_reviews_by_use');
  });
  await knex.schema.createTable('unbrokered_scans', table => {
    table.comment('How far the logs were looked through for unbrokered use');
    table.string('name', 64).primary();
    table.bigInteger('scanned_to').notNullable();
    table.bigInteger('claimed_until').notNullable();
    table.text('problem');
  });
}

/** In plain SQL: knex would copy the table on SQLite, and lose its checks. */
async function dropColumns(knex, table, columns) {
  for (const column of columns) {
    await knex.raw('ALTER TABLE ?? DROP COLUMN ??', [table, column]);
  }
}

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await extendTables(knex);
  await createResidue(knex);
  await createFollowUps(knex);
  await createUnbrokered(knex);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of [
    'unbrokered_scans',
    'unbrokered_reviews',
    'unbrokered_events',
    'unbrokered_uses',
    'follow_ups',
    'residue',
  ]) {
    await knex.schema.dropTable(table);
  }
  await dropColumns(knex, 'activity_events', [
    'account_id',
    'also_in',
    'found_at',
  ]);
  await dropColumns(knex, 'evidence', [
    'notes',
    'blind_spots',
    'bytes_scanned',
    'writes',
    'refused',
    'sensitive',
    'residue_open',
    'networks',
  ]);
  await knex.raw('DROP INDEX leases_by_review_due');
  await dropColumns(knex, 'leases', [
    'reviewer',
    'review_reminded_at',
    'review_escalated_at',
  ]);
};
