import { languageFacts, type Language } from '#lib/i18n/languages.ts';

const zone = 'Europe/London';

/** Gives a day such as "Thursday 26 November" (with the year when it is not `now`'s). */
export function day(language: Language, date: Date | string, now?: Date): string {
	const at = asDate(date);
	const far = now !== undefined && year(at) !== year(now);
	return format(language, at, {
		weekday: 'long',
		day: 'numeric',
		month: 'long',
		...(far ? { year: 'numeric' } : {})
	});
}

/** Gives a short day such as "12 Nov". */
export function shortDay(language: Language, date: Date | string): string {
	return format(language, asDate(date), { day: 'numeric', month: 'short' });
}

/** Gives a day in full such as "12 November 2026". */
export function fullDay(language: Language, date: Date | string): string {
	return format(language, asDate(date), { day: 'numeric', month: 'long', year: 'numeric' });
}

/** Gives a time of day such as "14:02". */
export function time(language: Language, date: Date | string): string {
	return format(language, asDate(date), { hour: '2-digit', minute: '2-digit', hour12: false });
}

/** Gives a day and time such as "12 Nov, 14:02". */
export function dayAndTime(language: Language, date: Date | string): string {
	return `${shortDay(language, date)}, ${time(language, date)}`;
}

/** Gives the number of days between two instants as London's calendar counts them. */
export function daysBetween(from: Date | string, to: Date | string): number {
	return Math.round((midnight(asDate(to)) - midnight(asDate(from))) / 86_400_000);
}

function asDate(date: Date | string): Date {
	// A bare day is noon, so that no zone moves it to the day before.
	return typeof date === 'string'
		? new Date(/^\d{4}-\d{2}-\d{2}$/.test(date) ? `${date}T12:00:00Z` : date)
		: date;
}

function midnight(date: Date): number {
	const [dayOf = '1', month = '1', yearOf = '1970'] = dayMonthYear(date);
	return Date.UTC(Number(yearOf), Number(month) - 1, Number(dayOf));
}

function dayMonthYear(date: Date): string[] {
	return new Intl.DateTimeFormat('en-GB', { timeZone: zone }).format(date).split('/');
}

function year(date: Date): string {
	return new Intl.DateTimeFormat('en-GB', { timeZone: zone, year: 'numeric' }).format(date);
}

function format(language: Language, date: Date, options: Intl.DateTimeFormatOptions): string {
	if (language === 'cy') return inWelsh(date, options);
	const { intl } = languageFacts[language];
	const text = new Intl.DateTimeFormat(intl, { timeZone: zone, ...options }).format(date);
	// With a year English puts a comma after the weekday, without one it does not: never, then.
	return language === 'en' ? text.replace(/^(\w+day), /, '$1 ') : text;
}

// Common browsers know no Welsh dates and would quietly write English ones over the server's.
const welshDays = ['Sul', 'Llun', 'Mawrth', 'Mercher', 'Iau', 'Gwener', 'Sadwrn'];
const welshMonths = [
	...['Ionawr', 'Chwefror', 'Mawrth', 'Ebrill', 'Mai', 'Mehefin'],
	...['Gorffennaf', 'Awst', 'Medi', 'Hydref', 'Tachwedd', 'Rhagfyr']
];
const welshShort = [
	...['Ion', 'Chwef', 'Maw', 'Ebr', 'Mai', 'Meh'],
	...['Gorff', 'Awst', 'Medi', 'Hyd', 'Tach', 'Rhag']
];

function inWelsh(date: Date, options: Intl.DateTimeFormatOptions): string {
	if (options.hour) {
		return new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...options }).format(date);
	}
	const [dayOf = 1, month = 1, yearOf = 1970] = dayMonthYear(date).map(Number);
	const weekday = new Date(Date.UTC(yearOf, month - 1, dayOf)).getUTCDay();
	const months = options.month === 'short' ? welshShort : welshMonths;
	return [
		options.weekday ? `dydd ${welshDays[weekday] ?? ''}` : '',
		String(dayOf),
		months[month - 1] ?? '',
		options.year ? String(yearOf) : ''
	]
		.filter((part) => part !== '')
		.join(' ');
}
