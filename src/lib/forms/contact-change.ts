import {
	checkRoutes,
	contactChannels,
	parseReach,
	type CheckRoute,
	type ContactChannel,
	type Safe
} from '#lib/domain/contact/held-change.ts';
import { ok } from '#lib/domain/result.ts';
import { isUuid } from '#lib/domain/uuid.ts';
import { exceeds } from '#lib/domain/words.ts';
import { refuse, text, type FieldError, type Parse } from '#lib/forms/form.ts';

/** What a person asks to change, and the secret where it was asked for again. */
export type AskedChange = {
	readonly channel: ContactChannel;
	readonly value: string;
	readonly safe: Safe;
	readonly password: string;
};

/** Answers to "is it safe?", with what each is kept as. */
export const safeAnswers = { yes: 'safe', no: 'unsafe', unsure: 'unknown' } as const;

/** Longest words of an answer, in characters. */
export const longestAnswer = 500;

/** Reads a change of how one is reached. The secret is never played back. */
export const parse: Parse<AskedChange> = (data) => {
	const errors: FieldError[] = [];
	const channel = contactChannels.find((known) => known === text(data, 'channel'));
	if (!channel) errors.push({ field: 'channel', key: 'reach:error.channel' });
	const value = channel ? parseReach(channel, text(data, 'value')) : null;
	if (channel && !value?.ok) errors.push({ field: 'value', key: `reach:error.${channel}` });
	const safe = safeOf(text(data, 'safe'));
	if (!safe) errors.push({ field: 'safe', key: 'reach:error.safe' });
	if (!channel || !value?.ok || !safe) return refuse(data, errors, ['password']);
	const password = data.get('password');
	return ok({
		...{ channel, value: value.value, safe },
		password: typeof password === 'string' ? password : ''
	});
};

/** Reads which change is meant. */
export const parseWhich: Parse<{ readonly change: string }> = (data) => {
	const change = text(data, 'change');
	if (isUuid(change)) return ok({ change });
	return refuse(data, [{ field: 'change', key: 'common:error.stale' }]);
};

/** An officer's confirmation: what was shown, how it was checked, and what the person said. */
export type Confirmed = {
	readonly change: string;
	/** The record that the officer was shown as the one in use; empty for none. */
	readonly standing: string;
	readonly route: CheckRoute;
	readonly safe: Safe;
	readonly words: string;
};

/** Reads an officer's confirmation of a held change. */
export const parseConfirmed: Parse<Confirmed> = (data) => {
	const errors: FieldError[] = [];
	const route = checkRoutes.find((known) => known === text(data, 'route'));
	if (!route) errors.push({ field: 'route', key: 'staff-reach:error.route' });
	const safe = safeOf(text(data, 'safe'));
	if (!safe) errors.push({ field: 'safe', key: 'staff-reach:error.safe' });
	errors.push(...wrongWords(data, 'words', 'staff-reach:error.words'));
	if (!route || !safe || errors.length > 0) return refuse(data, errors);
	const [change, standing] = [text(data, 'change'), text(data, 'standing')];
	return ok({ change, standing, route, safe, words: text(data, 'words') });
};

/** Reads an officer's refusal of a held change, with the words that the person reads. */
export const parseRefused: Parse<{ readonly change: string; readonly words: string }> = (data) => {
	const errors = wrongWords(data, 'reason', 'staff-reach:error.reason');
	if (errors.length > 0) return refuse(data, errors);
	return ok({ change: text(data, 'change'), words: text(data, 'reason') });
};

/** Reads by which route a person was asked again, and about which version of their plan. */
export const parseStillRight: Parse<{ readonly route: CheckRoute; readonly version: number }> = (
	data
) => {
	const route = checkRoutes.find((known) => known === text(data, 'askedBy'));
	if (!route) return refuse(data, [{ field: 'askedBy', key: 'staff-reach:error.route' }]);
	const version = text(data, 'version');
	return ok({ route, version: /^\d{1,9}$/.test(version) ? Number(version) : 0 });
};

function safeOf(answer: string): Safe | null {
	return answer === 'yes' || answer === 'no' || answer === 'unsure' ? safeAnswers[answer] : null;
}

function wrongWords(data: FormData, field: string, missing: string): FieldError[] {
	const words = text(data, field);
	if (words === '') return [{ field, key: missing }];
	if (!exceeds(words, longestAnswer)) return [];
	return [{ field, key: 'staff-reach:error.long', values: { count: longestAnswer } }];
}
