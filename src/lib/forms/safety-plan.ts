import {
	contradictions,
	longestNote,
	longestWord,
	mostAway,
	phoneSeen,
	safeChannels,
	safeHours,
	unsafeChannels,
	type Away,
	type SafetyRules
} from '#lib/domain/contact/safety-plan.ts';
import { ok } from '#lib/domain/result.ts';
import { exceeds } from '#lib/domain/words.ts';
import { dayOf } from '#lib/forms/day.ts';
import { refuse, several, text, type FieldError, type Parse } from '#lib/forms/form.ts';

/** The rules as given, the version they were written over, and the secret where it was asked for. */
export type SafetyAnswers = {
	readonly rules: SafetyRules;
	readonly version: number;
	readonly password: string;
};

/** Reads how a person may be reached. The secret is never played back. */
export const parse: Parse<SafetyAnswers> = (data) => {
	const errors: FieldError[] = [];
	const phone = phoneSeen.find((known) => known === text(data, 'phone'));
	if (!phone) errors.push({ field: 'phone', key: 'victim:safety.error.phoneMissing' });
	const chosen = { safe: several(data, 'safe'), unsafe: several(data, 'unsafe') };
	const safe = safeChannels.filter((channel) => chosen.safe.includes(channel));
	const unsafe = unsafeChannels.filter((channel) => chosen.unsafe.includes(channel));
	if (safe.length === 0) errors.push({ field: 'safe', key: 'victim:safety.error.safeMissing' });
	if (contradictions({ safe, unsafe }).length > 0) {
		errors.push({ field: 'unsafe', key: 'victim:safety.error.both' });
	}
	const hours = safeHours.find((known) => known === text(data, 'hours'));
	if (!hours) errors.push({ field: 'hours', key: 'victim:safety.error.hoursMissing' });
	const away = awayOf(data, errors);
	const word = text(data, 'word');
	if (exceeds(word, longestWord)) {
		errors.push({
			...{ field: 'word', key: 'victim:safety.error.noteLong' },
			values: { count: longestWord }
		});
	}
	const note = text(data, 'note');
	if (exceeds(note, longestNote)) {
		errors.push({
			field: 'note',
			key: 'victim:safety.error.noteLong',
			values: { count: longestNote }
		});
	}
	if (errors.length > 0 || !hours || !phone) return refuse(data, errors, ['password']);
	const version = text(data, 'version');
	return ok({
		rules: { safe, unsafe, hours, phone, away, word, note },
		version: /^\d{1,9}$/.test(version) ? Number(version) : 0,
		password: passwordOf(data)
	});
};

/** The names of the boxes for one time away, by its number from 1. */
export const awayField = (number: number, end: 'from' | 'until'): string =>
	`away${String(number)}-${end}`;

// A time away that is left empty is none; one with a single day is that day.
function awayOf(data: FormData, errors: FieldError[]): Away[] {
	const away: Away[] = [];
	for (let number = 1; number <= mostAway; number += 1) {
		const names = { from: awayField(number, 'from'), until: awayField(number, 'until') };
		const [from, until] = [dayOf(data, names.from), dayOf(data, names.until)];
		const wrong = (end: 'from' | 'until', key: string): void =>
			void errors.push({ field: `${names[end]}-day`, key: `victim:safety.error.${key}` });
		if (!from.ok && from.error === 'unreal') wrong('from', 'dayUnreal');
		else if (!until.ok && until.error === 'unreal') wrong('until', 'dayUnreal');
		else if (!from.ok && until.ok) wrong('from', 'fromMissing');
		else if (from.ok) {
			const last = until.ok ? until.value : from.value;
			if (last < from.value) wrong('until', 'awayOrder');
			else away.push({ from: from.value, until: last });
		}
	}
	return away;
}

// A secret is taken as typed, spaces and all.
function passwordOf(data: FormData): string {
	const given = data.get('password');
	return typeof given === 'string' ? given : '';
}
