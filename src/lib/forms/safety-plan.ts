import {
	contradictions,
	longestNote,
	safeChannels,
	safeHours,
	unsafeChannels,
	type SafetyRules
} from '#lib/domain/contact/safety-plan.ts';
import { ok } from '#lib/domain/result.ts';
import { exceeds } from '#lib/domain/words.ts';
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
	const chosen = { safe: several(data, 'safe'), unsafe: several(data, 'unsafe') };
	const safe = safeChannels.filter((channel) => chosen.safe.includes(channel));
	const unsafe = unsafeChannels.filter((channel) => chosen.unsafe.includes(channel));
	if (safe.length === 0) errors.push({ field: 'safe', key: 'victim:safety.error.safeMissing' });
	if (contradictions({ safe, unsafe }).length > 0) {
		errors.push({ field: 'unsafe', key: 'victim:safety.error.both' });
	}
	const hours = safeHours.find((known) => known === text(data, 'hours'));
	if (!hours) errors.push({ field: 'hours', key: 'victim:safety.error.hoursMissing' });
	const note = text(data, 'note');
	if (exceeds(note, longestNote)) {
		errors.push({
			field: 'note',
			key: 'victim:safety.error.noteLong',
			values: { count: longestNote }
		});
	}
	if (errors.length > 0 || !hours) return refuse(data, errors, ['password']);
	const version = text(data, 'version');
	return ok({
		rules: { safe, unsafe, hours, note },
		version: /^\d{1,9}$/.test(version) ? Number(version) : 0,
		password: passwordOf(data)
	});
};

// A secret is taken as typed, spaces and all.
function passwordOf(data: FormData): string {
	const given = data.get('password');
	return typeof given === 'string' ? given : '';
}
