/**
 * Finds what is meant for an event among many patterns such as
 * `s3:PutBucketPolicy`, `ssm:GetParameter*` and `*`; case does not count.
 */
export class EventPatterns<T> {
  private readonly exact = new Map<string, T[]>();
  private readonly starts: Array<[string, T]> = [];

  constructor(entries: Iterable<{ events: string[]; value: T }>) {
    for (const { events, value } of entries) {
      for (const event of events.map(each => each.toLowerCase())) {
        if (event.endsWith('*')) {
          this.starts.push([event.slice(0, -1), value]);
        } else {
          this.exact.set(event, [...(this.exact.get(event) ?? []), value]);
        }
      }
    }
  }

  /** @param event - `service:EventName`, without API version */
  of(event: string): T[] {
    const name = event.toLowerCase();
    const started = this.starts
      .filter(([start]) => name.startsWith(start))
      .map(([, value]) => value);
    return [...(this.exact.get(name) ?? []), ...started];
  }
}
