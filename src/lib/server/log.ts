/** What a log line may hold: names of events, ids, codes, counts and durations; never a person's words. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/** Writes one JSON line to standard output: the time (UTC), the event, and its fields. */
export function log(event: string, fields: LogFields = {}): void {
	process.stdout.write(`${JSON.stringify({ at: new Date().toISOString(), event, ...fields })}\n`);
}
