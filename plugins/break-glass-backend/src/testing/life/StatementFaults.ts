/** The part of a better-sqlite3 connection that is looked through. */
export interface RawConnection {
  prepare(sql: string): RawStatement;
  exec(sql: string): unknown;
  pragma(text: string): unknown;
  serialize(): Buffer;
  readonly inTransaction: boolean;
}

/** A prepared statement of it. */
export interface RawStatement {
  reader: boolean;
  all(...bindings: unknown[]): any[];
  run(...bindings: unknown[]): unknown;
  safeIntegers(toggle: boolean): unknown;
}

/** What goes wrong in the database, and when. */
export type FaultPlan =
  /** The `at`-th statement fails; a crash fails all after it, too. */
  | {
      kind: 'crash' | 'failure';
      at: number;
      /** Whether the statement had its effect before. */
      when: 'before' | 'after';
    }
  /** No entry of the audit log can be written. */
  | { kind: 'audit' };

/** The error that a struck statement throws. */
export class InjectedFault extends Error {}

/** Lets statements fail, as a database does that is cut off or whose process dies. */
export class StatementFaults {
  /** Whether a statement failed since the plan was armed. */
  struck = false;
  private plan?: FaultPlan;
  private dead = false;
  private passed = 0;

  arm(plan: FaultPlan): void {
    this.plan = plan;
    this.passed = 0;
  }

  disarm(): void {
    this.plan = undefined;
  }

  /** Puts the faults between a connection and those who use it. @returns how to read past them */
  wrap(connection: RawConnection): RawConnection['prepare'] {
    const prepare = connection.prepare.bind(connection);
    connection.prepare = sql => {
      const strike = this.strikes(sql);
      if (!strike) {
        return prepare(sql);
      }
      this.struck = true;
      const fail = (): never => {
        if (/^(BEGIN|COMMIT)/i.test(sql) && connection.inTransaction) {
          // Whoever is cut off there has no transaction any more.
          prepare('ROLLBACK').run();
        }
        throw new InjectedFault(`The database failed at: ${sql}`);
      };
      if (strike === 'before') {
        return fail();
      }
      const statement = prepare(sql);
      return {
        reader: statement.reader,
        safeIntegers: toggle => statement.safeIntegers(toggle),
        all: bindings => {
          statement.all(bindings);
          return fail();
        },
        run: bindings => {
          statement.run(bindings);
          return fail();
        },
      };
    };
    return prepare;
  }

  private strikes(sql: string): 'before' | 'after' | undefined {
    const { plan } = this;
    if (/^ROLLBACK/i.test(sql)) {
      // What a database does by itself for whoever is gone.
      return undefined;
    }
    if (this.dead) {
      return 'before';
    }
    if (plan?.kind === 'audit') {
      return /^insert into .audit_log./i.test(sql) ? 'before' : undefined;
    }
    this.passed += 1;
    if (!plan || this.passed !== plan.at + 1) {
      return undefined;
    }
    this.dead = plan.kind === 'crash';
    return plan.when;
  }
}
