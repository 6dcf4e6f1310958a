import { World } from '../world/World';
import { AthenaOptions, AthenaSeed, WorkGroupSeed } from './AthenaSeed';
import { AthenaTable } from './AthenaTable';
import { QueryEngine } from './QueryEngine';
import { QueryExecutions } from './QueryExecutions';

/** Name of the one catalog that accounts have. */
export const CATALOG = 'AwsDataCatalog';
/** As in AWS: calls a second. */
const QUOTAS = { start: 20, get: 100 };
const NAME = /^[a-z0-9_]{1,128}$/;

/** Athena of all accounts of a sandbox. */
export class Athena {
  readonly engine: QueryEngine;
  readonly executions = new QueryExecutions();
  readonly queuedMs: number;
  readonly runningMs: number;
  readonly quotas: { start: number; get: number };
  private readonly tables = new Map<string, Map<string, AthenaTable>>();

  /**
   * @param root - the folder of the logs
   * @throws Error for names that Athena would not take
   */
  constructor(
    readonly root: string,
    private readonly world: World,
    private readonly catalogs: AthenaSeed[],
    options: AthenaOptions,
  ) {
    this.engine = new QueryEngine(root);
    this.queuedMs = options.queuedMs ?? 0;
    this.runningMs = options.runningMs ?? 0;
    this.quotas = { ...QUOTAS, ...options.quotas };
    for (const seed of catalogs) this.addTables(seed);
  }

  private addTables({ accountId, region, databases }: AthenaSeed): void {
    for (const [database, seeds] of Object.entries(databases)) {
      const bad = [database, ...seeds.map(s => s.name)].find(
        name => !NAME.test(name),
      );
      if (bad !== undefined) {
        throw new Error(`Athena takes no name like ${JSON.stringify(bad)}`);
      }
      this.tables.set(
        `${accountId} ${region} ${database}`,
        new Map(seeds.map(seed => [seed.name, new AthenaTable(seed)])),
      );
    }
  }

  /** A workgroup by name. */
  workGroup(
    accountId: string,
    region: string,
    name: string,
  ): WorkGroupSeed | undefined {
    return this.catalogs
      .filter(seed => seed.accountId === accountId && seed.region === region)
      .flatMap(seed => seed.workGroups)
      .find(workGroup => workGroup.name === name);
  }

  /** The tables of a database by name; undefined where there is no such database. */
  database(
    accountId: string,
    region: string,
    name: string,
  ): ReadonlyMap<string, AthenaTable> | undefined {
    return this.tables.get(`${accountId} ${region} ${name.toLowerCase()}`);
  }

  /** What projections without a list of their own cover. */
  coverage() {
    const accounts = [...this.world.accounts.keys()];
    return { root: this.root, accounts, now: this.world.clock.now() };
  }
}
