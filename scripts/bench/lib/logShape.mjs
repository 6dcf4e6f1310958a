/** Accounts of the organization; the first is the busiest, as in real ones. */
export const ACCOUNTS = Array.from({ length: 25 }, (_, index) =>
  String(100_000_000_000 + index * 1_111_111_111),
);
export const BUSY = ACCOUNTS[0];
export const QUIET = ACCOUNTS[12];
const REGIONS = [
  ['eu-central-1', 0.7],
  ['us-east-1', 0.2],
  ['eu-west-1', 0.1],
];
const DAYS = 30;
const DAY = 86_400_000;
const FIRST_DAY = Date.parse('2026-10-01T00:00:00Z');
/** CloudTrail writes a file every five minutes at most. */
const MOST_FILES_A_DAY = 288;
const RECORDS_A_FILE = 60;

/** The leases that are looked for: two hours in the middle of the log. */
export const LEASE_FROM = FIRST_DAY + 14 * DAY + 10 * 3_600_000;
export const LEASE_TO = LEASE_FROM + 2 * 3_600_000;
export const LEASE_CALLS = 200;

/**
 * One account, region and day each: how many records, in how many files.
 * Account sizes fall off as one over their rank.
 */
export function dayPlans(events) {
  const total = ACCOUNTS.reduce((sum, _, rank) => sum + 1 / (rank + 1), 0);
  return ACCOUNTS.flatMap((account, rank) =>
    Array.from({ length: DAYS }, (_, day) =>
      REGIONS.map(([region, share], place) => {
        const exact = (events * share) / DAYS / (rank + 1) / total;
        const records = Math.max(1, Math.round(exact));
        return {
          account,
          region,
          records,
          start: FIRST_DAY + day * DAY,
          seed: rank * 100_000 + day * 100 + place,
          files: Math.min(
            MOST_FILES_A_DAY,
            Math.ceil(records / RECORDS_A_FILE),
          ),
        };
      }),
    ).flat(),
  );
}
