/*
 * The head of the audit log takes the hash of an entry from the entry itself, in
 * the statement that writes it: nobody has to remember to, and it saves a turn
 * while the head is locked.
 */
const isPostgres = knex => knex.client.config.client === 'pg';

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  if (!isPostgres(knex)) {
    await knex.raw(`
      CREATE TRIGGER audit_log_follow AFTER INSERT ON audit_log
      BEGIN UPDATE audit_head SET hash = NEW.hash WHERE id = 1 AND seq = NEW.seq; END`);
    return;
  }
  await knex.raw(`
    CREATE FUNCTION break_glass_audit_follow() RETURNS trigger AS $$
    BEGIN
      UPDATE audit_head SET hash = NEW.hash WHERE id = 1 AND seq = NEW.seq;
      RETURN NULL;
    END $$ LANGUAGE plpgsql`);
  await knex.raw(`
    CREATE TRIGGER audit_log_follow AFTER INSERT ON audit_log
      FOR EACH ROW EXECUTE FUNCTION break_glass_audit_follow()`);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  if (isPostgres(knex)) {
    await knex.raw('DROP TRIGGER audit_log_follow ON audit_log');
    await knex.raw('DROP FUNCTION break_glass_audit_follow()');
  } else {
    await knex.raw('DROP TRIGGER audit_log_follow');
  }
};
