/*
 * First tables of Break Glass. Instants are epoch milliseconds, lists and
 * objects are JSON text, ids are ULIDs compared byte by byte.
 */
const { createHash } = require('node:crypto');

const GENESIS_HASH = createHash('sha256')
  .update('break-glass audit log: genesis')
  .digest('hex');

const STATUSES = [
  'pending',
  'approved',
  'rejected',
  'cancelled',
  'lapsed',
  'expired',
  'ended',
  'revoked',
];
const PARTITIONS = [
  'aws',
  'aws-cn',
  'aws-us-gov',
  'aws-iso',
  'aws-iso-b',
  'aws-iso-e',
  'aws-iso-f',
  'aws-eusc',
];

/** @param {import('knex').Knex} knex */
const isPostgres = knex => knex.client.config.client === 'pg';

/**
 * Column of an id. PostgreSQL would otherwise order by the rules of a language,
 * and pages and hashes depend on the order.
 */
function idColumn(knex, table, name, length = 26) {
  const type = `varchar(${length})`;
  return table.specificType(
    name,
    isPostgres(knex) ? `${type} COLLATE "C"` : type,
  );
}

async function createLeases(knex) {
  await knex.schema.createTable('leases', table => {
    table.comment('Leases, with their whole life');
    idColumn(knex, table, 'id').primary();
    table.integer('version').notNullable();
    table.string('status', 16).notNullable().checkIn(STATUSES, 'leases_status');
    table
      .string('approval_kind', 16)
      .notNullable()
      .checkIn(['people', 'automatic', 'emergency'], 'leases_approval_kind');
    table.text('requester').notNullable();
    table.text('requester_key').notNullable();
    table.text('beneficiary');
    table.text('beneficiary_key');
    table.text('account_ref').notNullable();
    table.text('account_title').notNullable();
    table.string('account_id', 12).notNullable();
    table
      .string('partition', 16)
      .notNullable()
      .checkIn(PARTITIONS, 'leases_partition');
    table.string('region', 64).notNullable();
    table.text('account_owner');
    table.text('role_id').notNullable();
    table.text('role_title').notNullable();
    table.text('role_arn').notNullable();
    table.text('profile_id').notNullable();
    table.text('profile_title').notNullable();
    table.text('profile_parameters').notNullable();
    table.text('reason').notNullable();
    table.text('ticket');
    table.text('scope').notNullable();
    table.string('scope_hash', 64).notNullable();
    table.bigInteger('start_at');
    table.integer('duration_minutes').notNullable();
    table.bigInteger('requested_at').notNullable();
    table.bigInteger('lapses_at').notNullable();
    table.bigInteger('active_from');
    table.bigInteger('expires_at');
    table.bigInteger('closed_at');
    table.text('closed_by');
    table.text('close_comment');
    table.text('issuing_stopped');
    table
      .string('kill', 16)
      .notNullable()
      .checkIn(
        ['none', 'not-deployed', 'requested', 'accepted', 'probed'],
        'leases_kill',
      );
    table.bigInteger('kill_requested_at');
    table.bigInteger('kill_accepted_at');
    table.bigInteger('kill_probed_at');
    table.text('kill_policy_arn');
    table.text('killer_role_arn');
    table.text('kill_external_id');
    table
      .string('review_state', 16)
      .notNullable()
      .checkIn(
        ['none', 'collecting', 'open', 'accepted', 'flagged'],
        'leases_review_state',
      );
    table.bigInteger('review_due_at');
    table.bigInteger('collect_due_at');
    table.text('idempotency_key');

    table.check('duration_minutes > 0', [], 'leases_duration');
    table.check(
      "status <> 'approved' OR (active_from IS NOT NULL AND expires_at IS NOT NULL AND expires_at > active_from)",
      [],
      'leases_approved_has_times',
    );
    table.unique(['requester', 'idempotency_key'], {
      indexName: 'leases_idempotency',
    });
    table.index(['requester', 'id'], 'leases_by_requester');
    table.index(['beneficiary', 'id'], 'leases_by_beneficiary');
    table.index(['account_owner', 'id'], 'leases_by_owner');
    table.index(['account_ref', 'id'], 'leases_by_account');
    table.index(['role_id', 'id'], 'leases_by_role');
    table.index(['status', 'lapses_at'], 'leases_by_lapse');
    table.index(['status', 'expires_at'], 'leases_by_expiry');
    table.index(['review_state', 'collect_due_at'], 'leases_by_review');
    table.index(['role_arn', 'kill'], 'leases_by_kill');
    table.index(['kill_policy_arn'], 'leases_by_kill_policy');
    table.index(['requested_at'], 'leases_by_request');
  });
}

async function createDecisions(knex) {
  await knex.schema.createTable('decisions', table => {
    table.comment('One decision of one person on one step of a lease');
    idColumn(knex, table, 'id').primary();
    idColumn(knex, table, 'lease_id').notNullable();
    table.text('step_id').notNullable();
    table.text('person').notNullable();
    table.text('person_key').notNullable();
    table
      .string('verdict', 8)
      .notNullable()
      .checkIn(['approve', 'reject'], 'decisions_verdict');
    table.text('comment');
    table.string('scope_hash', 64).notNullable();
    table.bigInteger('start_at');
    table.integer('duration_minutes').notNullable();
    table.bigInteger('decided_at').notNullable();
    table.foreign('lease_id').references('leases.id');
    table.unique(['lease_id', 'person_key'], {
      indexName: 'decisions_one_per_person',
    });
  });
}

async function createSessions(knex) {
  await knex.schema.createTable('sessions', table => {
    table.comment('Sets of temporary credentials, without their secrets');
    idColumn(knex, table, 'id').primary();
    idColumn(knex, table, 'lease_id');
    table.integer('lease_version');
    table.text('requester').notNullable();
    table.text('account_ref').notNullable();
    table.string('account_id', 12).notNullable();
    table
      .string('partition', 16)
      .notNullable()
      .checkIn(PARTITIONS, 'sessions_partition');
    table.text('role_id').notNullable();
    table.text('role_arn').notNullable();
    table
      .string('type', 16)
      .notNullable()
      .checkIn(['console', 'credentials'], 'sessions_type');
    table
      .string('state', 16)
      .notNullable()
      .checkIn(['issuing', 'issued', 'refused', 'discarded'], 'sessions_state');
    table.string('session_name', 64).notNullable();
    table.string('access_key_id', 128);
    table.bigInteger('requested_at').notNullable();
    table.bigInteger('issued_at');
    table.bigInteger('expires_at').notNullable();
    table.text('error_code');
    table.foreign('lease_id').references('leases.id');
    table.index(['lease_id', 'id'], 'sessions_by_lease');
    table.index(['lease_id', 'expires_at'], 'sessions_by_expiry');
    table.index(['access_key_id'], 'sessions_by_access_key');
  });
}

async function createActivity(knex) {
  await knex.schema.createTable('activity_events', table => {
    table.comment('CloudTrail events attributed to a lease, redacted');
    idColumn(knex, table, 'lease_id').notNullable();
    idColumn(knex, table, 'event_id', 64).notNullable();
    table.bigInteger('at').notNullable();
    idColumn(knex, table, 'session_id');
    table.text('service').notNullable();
    table.text('action').notNullable();
    table.text('region').notNullable();
    table.string('access_level', 32).notNullable();
    table.boolean('refused').notNullable();
    table.text('error_code');
    table.text('error_message');
    table.text('resources').notNullable();
    table.text('source_ip');
    table.text('user_agent');
    table.boolean('via_console').notNullable();
    table.boolean('chained').notNullable();
    table.text('sensitive').notNullable();
    table.text('profile_hint');
    table.text('record').notNullable();
    table.primary(['lease_id', 'event_id']);
    table.foreign('lease_id').references('leases.id');
    table.index(['lease_id', 'at', 'event_id'], 'activity_events_by_time');
  });
  await knex.schema.createTable('evidence', table => {
    table.comment('How the activity of a lease stands; frozen by the verdict');
    idColumn(knex, table, 'lease_id').primary();
    table
      .string('state', 16)
      .notNullable()
      .checkIn(['collecting', 'complete', 'logs-missing'], 'evidence_state');
    table.text('words').notNullable();
    table.bigInteger('last_look_at').notNullable();
    table.bigInteger('next_look_at');
    table.bigInteger('settled_at');
    table.text('source').notNullable();
    table.text('regions').notNullable();
    table
      .string('data_events', 16)
      .notNullable()
      .checkIn(['seen', 'not-seen', 'unknown'], 'evidence_data_events');
    table.integer('files_read');
    table.text('unreadable').notNullable();
    table.text('sessions_missing').notNullable();
    table.integer('event_count').notNullable();
    table.string('hash', 64).notNullable();
    table.bigInteger('frozen_at');
    table.foreign('lease_id').references('leases.id');
  });
}

async function createReviews(knex) {
  await knex.schema.createTable('reviews', table => {
    table.comment('Verdicts on the evidence of leases');
    idColumn(knex, table, 'id').primary();
    idColumn(knex, table, 'lease_id').notNullable();
    table.text('reviewer').notNullable();
    table
      .string('verdict', 16)
      .notNullable()
      .checkIn(['accepted', 'flagged'], 'reviews_verdict');
    table.text('comment').notNullable();
    table.text('checklist').notNullable();
    table.text('follow_ups').notNullable();
    table.string('evidence_hash', 64).notNullable();
    table.text('override');
    table.bigInteger('at').notNullable();
    table.foreign('lease_id').references('leases.id');
    table.index(['lease_id', 'id'], 'reviews_by_lease');
  });
}

async function createOutbox(knex) {
  await knex.schema.createTable('outbox', table => {
    table.comment('Messages written with a transaction, delivered after it');
    idColumn(knex, table, 'id').primary();
    table
      .string('kind', 16)
      .notNullable()
      .checkIn(['notification', 'signal', 'kill', 'collect'], 'outbox_kind');
    table.text('message').notNullable();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('available_at').notNullable();
    table.integer('attempts').notNullable();
    table.bigInteger('delivered_at');
    table.bigInteger('abandoned_at');
    table.text('last_error');
    table.index(['available_at', 'id'], 'outbox_due', {
      predicate: knex.whereNull('delivered_at').whereNull('abandoned_at'),
    });
    table.index(['delivered_at'], 'outbox_by_delivery');
  });
}

async function createAudit(knex) {
  await knex.schema.createTable('audit_log', table => {
    table.comment(
      'Append-only, hash-chained record of what was done or refused',
    );
    table.bigInteger('seq').primary();
    table.bigInteger('at').notNullable();
    table.text('actor').notNullable();
    table.text('action').notNullable();
    table
      .string('outcome', 8)
      .notNullable()
      .checkIn(['done', 'refused', 'failed'], 'audit_log_outcome');
    idColumn(knex, table, 'lease_id');
    table.text('account_ref');
    table.text('code');
    table.text('details').notNullable();
    table.string('prev_hash', 64).notNullable();
    table.string('hash', 64).notNullable();
    table.index(['actor', 'outcome', 'at'], 'audit_log_by_actor');
    table.index(['lease_id', 'seq'], 'audit_log_by_lease');
    table.index(['account_ref', 'seq'], 'audit_log_by_account');
    table.index(['action', 'seq'], 'audit_log_by_action');
    table.index(['at'], 'audit_log_by_time');
  });
  await knex.schema.createTable('audit_head', table => {
    table.comment('One row: the last entry of audit_log');
    table.integer('id').primary();
    table.bigInteger('seq').notNullable();
    table.string('hash', 64).notNullable();
    table.check('id = 1', [], 'audit_head_one_row');
  });
  await knex('audit_head').insert({ id: 1, seq: 0, hash: GENESIS_HASH });
}

async function protectAuditOnPostgres(knex) {
  await knex.raw(`
    CREATE FUNCTION break_glass_audit_refuse() RETURNS trigger AS $$
    BEGIN
      RAISE EXCEPTION '% of % is refused: the audit log is append-only', TG_OP, TG_TABLE_NAME;
    END $$ LANGUAGE plpgsql`);
  await knex.raw(`
    CREATE FUNCTION break_glass_audit_link() RETURNS trigger AS $$
    BEGIN
      IF NOT EXISTS (SELECT 1 FROM audit_head WHERE seq = NEW.seq AND hash = NEW.prev_hash) THEN
        RAISE EXCEPTION 'entry % of audit_log does not follow the head', NEW.seq;
      END IF;
      RETURN NEW;
    END $$ LANGUAGE plpgsql`);
  await knex.raw(`
    CREATE FUNCTION break_glass_audit_head() RETURNS trigger AS $$
    BEGIN
      IF (NEW.seq = OLD.seq + 1 AND NEW.hash = OLD.hash) OR (NEW.seq = OLD.seq AND EXISTS (
        SELECT 1 FROM audit_log WHERE seq = NEW.seq AND hash = NEW.hash)) THEN
        RETURN NEW;
      END IF;
      RAISE EXCEPTION 'audit_head only moves forward, entry by entry';
    END $$ LANGUAGE plpgsql`);
  await knex.raw(`
    CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
      FOR EACH STATEMENT EXECUTE FUNCTION break_glass_audit_refuse()`);
  await knex.raw(`
    CREATE TRIGGER audit_log_link BEFORE INSERT ON audit_log
      FOR EACH ROW EXECUTE FUNCTION break_glass_audit_link()`);
  await knex.raw(`
    CREATE TRIGGER audit_head_one_row BEFORE INSERT OR DELETE OR TRUNCATE ON audit_head
      FOR EACH STATEMENT EXECUTE FUNCTION break_glass_audit_refuse()`);
  await knex.raw(`
    CREATE TRIGGER audit_head_forward BEFORE UPDATE ON audit_head
      FOR EACH ROW EXECUTE FUNCTION break_glass_audit_head()`);
}

async function protectAuditOnSqlite(knex) {
  const refuse = (name, when, condition, message) =>
    knex.raw(
      `CREATE TRIGGER ${name} BEFORE ${when} ${condition}
       BEGIN SELECT RAISE(ABORT, '${message}'); END`,
    );
  const appendOnly = 'refused: the audit log is append-only';
  await refuse('audit_log_no_update', 'UPDATE ON audit_log', '', appendOnly);
  await refuse('audit_log_no_delete', 'DELETE ON audit_log', '', appendOnly);
  await refuse(
    'audit_log_link',
    'INSERT ON audit_log',
    `WHEN NOT EXISTS (SELECT 1 FROM audit_head WHERE seq = NEW.seq AND hash = NEW.prev_hash)
       OR EXISTS (SELECT 1 FROM audit_log WHERE seq = NEW.seq)`,
    'entry of audit_log does not follow the head',
  );
  await refuse('audit_head_no_insert', 'INSERT ON audit_head', '', appendOnly);
  await refuse('audit_head_no_delete', 'DELETE ON audit_head', '', appendOnly);
  await refuse(
    'audit_head_forward',
    'UPDATE ON audit_head',
    `WHEN NOT ((NEW.seq = OLD.seq + 1 AND NEW.hash = OLD.hash) OR (NEW.seq = OLD.seq AND EXISTS (
       SELECT 1 FROM audit_log WHERE seq = NEW.seq AND hash = NEW.hash)))`,
    'audit_head only moves forward, entry by entry',
  );
}

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await createLeases(knex);
  await createDecisions(knex);
  await createSessions(knex);
  await createActivity(knex);
  await createReviews(knex);
  await createOutbox(knex);
  await createAudit(knex);
  if (isPostgres(knex)) {
    await protectAuditOnPostgres(knex);
  } else {
    await protectAuditOnSqlite(knex);
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('audit_head');
  await knex.schema.dropTable('audit_log');
  if (isPostgres(knex)) {
    await knex.raw('DROP FUNCTION break_glass_audit_head()');
    await knex.raw('DROP FUNCTION break_glass_audit_link()');
    await knex.raw('DROP FUNCTION break_glass_audit_refuse()');
  }
  await knex.schema.dropTable('outbox');
  await knex.schema.dropTable('reviews');
  await knex.schema.dropTable('evidence');
  await knex.schema.dropTable('activity_events');
  await knex.schema.dropTable('sessions');
  await knex.schema.dropTable('decisions');
  await knex.schema.dropTable('leases');
};
