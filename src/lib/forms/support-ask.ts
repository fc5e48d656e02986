import { ok } from '#lib/domain/result.ts';
import { isReachOption, isSupportKind, type SupportKind } from '#lib/domain/support/kinds.ts';
import type { Reach } from '#lib/domain/support/reach.ts';
import { urgencies, type Urgency } from '#lib/domain/support/request.ts';
import { isUuid } from '#lib/domain/uuid.ts';
import { exceeds } from '#lib/domain/words.ts';
import {
	longestWords,
	refuse,
	several,
	text,
	type FieldError,
	type Parse
} from '#lib/forms/form.ts';

/** The pages of asking, in order: one question each, then all the answers to check. */
export const askSteps = ['kind', 'urgency', 'reach', 'desk', 'words', 'check'] as const;
export type AskStep = (typeof askSteps)[number];

/** The fields that travel hidden from page to page. */
export const askFields = ['kind', 'urgency', 'reach', 'reachWords', 'desk', 'words'] as const;

/** Longest note on how to reach somebody, in characters. */
export const longestReach = 300;

/** What is asked for, how soon, how to answer safely, of whom, and in which words. */
export type Ask = {
	readonly kind: SupportKind;
	readonly urgency: Urgency;
	readonly reach: Reach;
	readonly deskId: string;
	readonly words: string;
};

/** Either the next page to show, with all that was answered so far, or a request to send. */
export type AskAnswers =
	| { readonly show: AskStep; readonly values: Readonly<Record<string, readonly string[]>> }
	| { readonly send: Ask };

// What belongs to one page only, and is never carried to the next.
const ofThePage = ['place', 'key', 'go', 'step'];

/**
 * Reads one page of asking. `go` says where to: `next`, `back`, `change:<page>`, or `send`. Going
 * back keeps what was typed unchecked; a page that was changed leads straight back to the check.
 */
export const parse: Parse<AskAnswers> = (data) => {
	const step = askSteps.find((one) => one === text(data, 'step')) ?? 'kind';
	const go = text(data, 'go');
	if (go === 'send') return parseAll(data);
	if (go === 'back') return ok({ show: before(step), values: carried(data) });
	const wanted = askSteps.find((one) => go === `change:${one}`);
	if (wanted) return ok({ show: wanted, values: { ...carried(data), changing: ['1'] } });
	const errors = errorsOf(step, data);
	if (errors.length > 0) return refuseAt(step, data, errors);
	const complete = text(data, 'changing') === '1' && firstUnanswered(data) === null;
	return ok({ show: complete ? 'check' : after(step), values: carried(data) });
};

function parseAll(data: FormData): ReturnType<typeof parse> {
	const unanswered = firstUnanswered(data);
	if (unanswered) return refuseAt(unanswered, data, errorsOf(unanswered, data));
	const kind = text(data, 'kind');
	const urgency = urgencies.find((one) => one === text(data, 'urgency'));
	if (!isSupportKind(kind) || !urgency) return refuseAt('kind', data, errorsOf('kind', data));
	return ok({
		send: {
			kind,
			urgency,
			reach: {
				channels: several(data, 'reach').filter(isReachOption),
				words: text(data, 'reachWords')
			},
			deskId: text(data, 'desk'),
			words: text(data, 'words')
		}
	});
}

function firstUnanswered(data: FormData): AskStep | null {
	return askSteps.find((step) => errorsOf(step, data).length > 0) ?? null;
}

function errorsOf(step: AskStep, data: FormData): FieldError[] {
	switch (step) {
		case 'kind':
			return isSupportKind(text(data, 'kind')) ? [] : [missing('kind')];
		case 'urgency':
			return urgencies.some((one) => one === text(data, 'urgency')) ? [] : [missing('urgency')];
		case 'reach': {
			const ways = several(data, 'reach');
			const chosen = ways.length > 0 && ways.every(isReachOption);
			return [...(chosen ? [] : [missing('reach')]), ...tooLong(data, 'reachWords', longestReach)];
		}
		case 'desk':
			return isUuid(text(data, 'desk')) ? [] : [missing('desk')];
		case 'words': {
			const needed = text(data, 'kind') === 'something_else' && text(data, 'words') === '';
			return needed ? [missing('words')] : tooLong(data, 'words', longestWords);
		}
		case 'check':
			return [];
	}
}

function missing(field: string): FieldError {
	return { field, key: `support:ask.error.${field}` };
}

function tooLong(data: FormData, field: string, limit: number): FieldError[] {
	if (!exceeds(text(data, field), limit)) return [];
	return [{ field, key: 'support:error.tooLong', values: { count: limit } }];
}

function refuseAt(
	step: AskStep,
	data: FormData,
	errors: readonly FieldError[]
): ReturnType<typeof refuse> {
	const { errors: wrong, values } = refuse(data, errors, ofThePage).error;
	return { ok: false, error: { errors: wrong, values: { ...values, step: [step] } } };
}

function carried(data: FormData): Record<string, readonly string[]> {
	return { ...refuse(data, [], ofThePage).error.values };
}

function before(step: AskStep): AskStep {
	return askSteps[Math.max(0, askSteps.indexOf(step) - 1)] ?? 'kind';
}

function after(step: AskStep): AskStep {
	return askSteps[askSteps.indexOf(step) + 1] ?? 'check';
}
