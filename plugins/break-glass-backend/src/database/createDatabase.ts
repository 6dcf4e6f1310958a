import { Knex } from 'knex';
import { toNumber } from './columns';
import { DatabaseActivityStore } from './DatabaseActivityStore';
import { DatabaseAuditStore } from './DatabaseAuditStore';
import { DatabaseBrokerCheckStore } from './DatabaseBrokerCheckStore';
import { DatabaseDecisionStore } from './DatabaseDecisionStore';
import { DatabaseEvidenceStore } from './DatabaseEvidenceStore';
import { DatabaseExtensionStore } from './DatabaseExtensionStore';
import { DatabaseFollowUpStore } from './DatabaseFollowUpStore';
import { DatabaseLeaseStore } from './DatabaseLeaseStore';
import { DatabaseOutboxStore } from './DatabaseOutboxStore';
import { DatabasePanicStore } from './DatabasePanicStore';
import { DatabaseResidueStore } from './DatabaseResidueStore';
import { DatabaseReviewStore } from './DatabaseReviewStore';
import { DatabaseSessionStore } from './DatabaseSessionStore';
import { DatabaseUnbrokeredStore } from './DatabaseUnbrokeredStore';
import { databaseNow } from './databaseNow';
import { retryContention } from './retry';
import { Database, Millis, Stores } from './types';

const TRANSACTION_RETRY = { attempts: 5, waitMs: 20 };

/**
 * The stores on a database whose migrations were run ({@link migrate}).
 *
 * A transaction's work is run again, whole, where the database refused it
 * because of others at the same time; so it must do nothing but read and write
 * through the stores that it is given.
 *
 * @param clock - stands in for the database's own, where a test moves time
 */
export function createDatabase(knex: Knex, clock?: () => Millis): Database {
  return {
    ...storesOn(knex, clock),
    transaction: work =>
      retryContention(
        () => knex.transaction(trx => work(storesOn(trx, clock))),
        TRANSACTION_RETRY,
      ),
    now: async () => {
      const [row] = await knex.select(databaseNow(knex, clock));
      return toNumber(row.database_now);
    },
  };
}

function storesOn(knex: Knex, clock?: () => Millis): Stores {
  return {
    leases: new DatabaseLeaseStore(knex, clock),
    decisions: new DatabaseDecisionStore(knex),
    extensions: new DatabaseExtensionStore(knex),
    sessions: new DatabaseSessionStore(knex),
    activity: new DatabaseActivityStore(knex),
    evidence: new DatabaseEvidenceStore(knex),
    reviews: new DatabaseReviewStore(knex),
    residue: new DatabaseResidueStore(knex),
    followUps: new DatabaseFollowUpStore(knex),
    unbrokered: new DatabaseUnbrokeredStore(knex),
    panics: new DatabasePanicStore(knex),
    brokerChecks: new DatabaseBrokerCheckStore(knex),
    audit: new DatabaseAuditStore(knex),
    outbox: new DatabaseOutboxStore(knex),
  };
}
