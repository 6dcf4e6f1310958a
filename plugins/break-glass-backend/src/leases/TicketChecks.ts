import { LoggerService } from '@backstage/backend-plugin-api';
import {
  Clock,
  TicketAnswer,
  TicketFacts,
  TicketQuestion,
  TicketValidator,
} from 'backstage-plugin-break-glass-node';

/** How long an answer is good for, in milliseconds: previews ask while somebody types. */
const FRESH = 30_000;
/** Answers that are kept. */
const MOST = 500;

/** What came of asking about a ticket. */
export type TicketCheck =
  | { state: 'confirmed'; facts: TicketFacts[] }
  | { state: 'refused'; message: string }
  /** A system could not tell. */
  | { state: 'unknown' };

/** Asks every ticket system; all must agree, and one that cannot tell is never taken for a yes. */
export class TicketChecks {
  private readonly kept = new Map<string, { at: number; check: TicketCheck }>();

  constructor(
    private readonly validators: TicketValidator[],
    private readonly clock: Clock,
    private readonly logger?: LoggerService,
  ) {}

  /** @returns undefined where no system is asked. */
  async check(question: TicketQuestion): Promise<TicketCheck | undefined> {
    if (this.validators.length === 0) {
      return undefined;
    }
    const key = JSON.stringify(question);
    const known = this.kept.get(key);
    const now = this.clock.now();
    if (known && known.at <= now && now < known.at + FRESH) {
      return known.check;
    }
    const check = await this.ask(question);
    this.keep(key, now, check);
    return check;
  }

  private async ask(question: TicketQuestion): Promise<TicketCheck> {
    const answers = await Promise.all(
      this.validators.map(validator => this.one(validator, question)),
    );
    const refused = answers.find(answer => answer && !answer.valid);
    if (refused && !refused.valid) {
      return { state: 'refused', message: refused.message };
    }
    return answers.every(answer => answer?.valid)
      ? {
          state: 'confirmed',
          facts: answers.flatMap(answer =>
            answer?.valid && answer.facts ? [answer.facts] : [],
          ),
        }
      : { state: 'unknown' };
  }

  private async one(
    validator: TicketValidator,
    question: TicketQuestion,
  ): Promise<TicketAnswer | undefined> {
    try {
      return await validator.validate(question, {
        signal: AbortSignal.timeout(FRESH),
      });
    } catch (error) {
      this.logger?.warn(
        `The ticket system '${validator.id}' could not be asked: ${
          (error as Error).message
        }`,
      );
      return undefined;
    }
  }

  private keep(key: string, at: number, check: TicketCheck) {
    // What could not be told is asked again at once.
    if (check.state === 'unknown') {
      return;
    }
    this.kept.delete(key);
    this.kept.set(key, { at, check });
    if (this.kept.size > MOST) {
      this.kept.delete(this.kept.keys().next().value!);
    }
  }
}
