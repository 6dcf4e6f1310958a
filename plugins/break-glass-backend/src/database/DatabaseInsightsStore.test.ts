import { describeDatabases } from '../testing/databases';
import { anActiveLeaseRow, NOON } from '../testing/rows';
import { DatabaseInsightsStore } from './DatabaseInsightsStore';

const DAY = 24 * 60 * 60_000;

describeDatabases((_name, open) => {
  it('counts reviews that wait, and those of them that are overdue', async () => {
    const { database, knex } = await open();
    const reviewed = (
      reviewState: 'open' | 'collecting' | 'accepted',
      reviewDueAt: number,
    ) =>
      anActiveLeaseRow({
        status: 'ended',
        closedAt: NOON,
        reviewState,
        reviewDueAt,
      });
    for (const row of [
      reviewed('open', NOON + DAY),
      reviewed('collecting', NOON - 1),
      reviewed('open', NOON - DAY),
      reviewed('accepted', NOON - DAY),
    ]) {
      await database.leases.insert(row);
    }
    const totals = await new DatabaseInsightsStore(knex).totals(
      0,
      NOON + DAY,
      NOON,
    );
    expect(totals).toMatchObject({ openReviews: 3, overdueReviews: 2 });
  });
});
