const MB = 1024 ** 2;
const UNITS = { MB, GB: 1024 * MB, TB: 1024 ** 2 * MB };

/** An amount of data as it is configured, such as `100GB`, in bytes; undefined for any other text. */
export function bytesIn(text: string): number | undefined {
  const match = /^([1-9]\d{0,6})(MB|GB|TB)$/.exec(text);
  return match
    ? Number(match[1]) * UNITS[match[2] as keyof typeof UNITS]
    : undefined;
}

/** The same amount as a person writes it: in the largest unit that leaves no remainder. */
export function byteAmount(bytes: number): string {
  const unit =
    (['TB', 'GB'] as const).find(name => bytes % UNITS[name] === 0) ?? 'MB';
  return `${bytes / UNITS[unit]}${unit}`;
}
