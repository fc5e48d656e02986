/**
 * Working days of England and Wales: not Saturday, Sunday, or a bank holiday (domain 1.4). Source of
 * the list: the dates published by the government for England and Wales; `to confirm` each year.
 */
const bankHolidays: ReadonlySet<string> = new Set([
	...['2025-01-01', '2025-04-18', '2025-04-21', '2025-05-05', '2025-05-26', '2025-08-25'],
	...['2025-12-25', '2025-12-26'],
	...['2026-01-01', '2026-04-03', '2026-04-06', '2026-05-04', '2026-05-25', '2026-08-31'],
	...['2026-12-25', '2026-12-28'],
	...['2027-01-01', '2027-03-26', '2027-03-29', '2027-05-03', '2027-05-31', '2027-08-30'],
	...['2027-12-27', '2027-12-28'],
	...['2028-01-03', '2028-04-14', '2028-04-17', '2028-05-01', '2028-05-29', '2028-08-28'],
	...['2028-12-25', '2028-12-26']
]);

const dayMs = 86_400_000;
const closes = 17;

/** Gives the calendar day (`YYYY-MM-DD`) of an instant in Europe/London. */
export function londonDay(at: Date): string {
	const parts = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' }).format(at);
	return parts.slice(0, 10);
}

/** Whether a calendar day (`YYYY-MM-DD`) is a working day of England and Wales. */
export function isWorkingDay(day: string): boolean {
	const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
	return weekday !== 0 && weekday !== 6 && !bankHolidays.has(day);
}

/**
 * Gives the instant by which something is due: the end (17:00 London) of the `days`-th working day
 * after the day of `from`. With 0 days it is the end of that day, or of the next working day when
 * `from` falls on no working day or after hours.
 */
export function dueAfter(from: Date, days: number): Date {
	let day = londonDay(from);
	if (days === 0) {
		while (!isWorkingDay(day) || londonInstant(day, closes) <= from) day = next(day);
		return londonInstant(day, closes);
	}
	for (let left = days; left > 0;) {
		day = next(day);
		if (isWorkingDay(day)) left -= 1;
	}
	return londonInstant(day, closes);
}

/** Gives the instant at which London's clocks show `hour` o'clock on a calendar day. */
export function londonInstant(day: string, hour: number): Date {
	const guess = new Date(`${day}T${String(hour).padStart(2, '0')}:00:00Z`);
	const shown = Number(
		new Intl.DateTimeFormat('en-GB', {
			timeZone: 'Europe/London',
			hour: '2-digit',
			hourCycle: 'h23'
		}).format(guess)
	);
	// London is level with UTC or an hour ahead, also where that hour reaches into the next day.
	return new Date(guess.getTime() - ((shown - hour + 24) % 24) * 3_600_000);
}

function next(day: string): string {
	return new Date(new Date(`${day}T12:00:00Z`).getTime() + dayMs).toISOString().slice(0, 10);
}
