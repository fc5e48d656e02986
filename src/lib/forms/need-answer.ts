import { checkAnswer, isAnswerKind, wordsLimit } from '#lib/domain/need/answer.ts';
import type { Answer, AnswerError } from '#lib/domain/need/answer.ts';
import { allNeeds, isAskedOnPage } from '#lib/domain/need/catalogue.ts';
import type { AreaId, Need, NeedId } from '#lib/domain/need/catalogue.ts';
import { ok, type Result } from '#lib/domain/result.ts';
import { refuse, several, text, type FieldError, type Parse } from '#lib/forms/form.ts';

/** An answer to one need, with the number of the last statement the person saw about it. */
export type NeedAnswer = {
	readonly needId: NeedId;
	readonly version: number;
	readonly answer: Answer;
};

/** The names of a need's fields; the first is the id of its first option too. */
export const fields = {
	choices: (needId: NeedId): string => needId,
	words: (needId: NeedId): string => `${needId}-words`,
	version: (needId: NeedId): string => `${needId}-version`
};

/** The ways of not answering stand among the options; this tells them apart. */
const kindMark = 'kind.';

/** Gives the value under which a way of not answering is posted. */
export function kindValue(kind: string): string {
	return kindMark + kind;
}

/** Takes what was posted for a need; gives the options in it, without the ways of not answering. */
export function optionsOf(values: readonly string[]): readonly string[] {
	return values.filter((value) => !value.startsWith(kindMark));
}

/** Takes what was posted for a need; gives how the question was met. */
export function kindOf(values: readonly string[]): string {
	return values.find((value) => value.startsWith(kindMark))?.slice(kindMark.length) ?? 'answered';
}

/** Gives the values to tick for an answer that was given before. */
export function ticked(answer: Answer): readonly string[] {
	return answer.kind === 'answered' ? answer.choices : [kindValue(answer.kind)];
}

/**
 * Reads the answers to the needs of one area. A need left blank is not in what it gives; an answer
 * that does not fit its need is an error at that need.
 */
export function parse(area: AreaId): Parse<readonly NeedAnswer[]> {
	const needs = allNeeds().filter((need) => need.area === area && isAskedOnPage(need));
	return (data) => {
		const answers: NeedAnswer[] = [];
		const errors: FieldError[] = [];
		for (const need of needs) {
			const read = answerTo(need, data);
			if (read === null) continue;
			if (read.ok) answers.push(read.value);
			else errors.push(read.error);
		}
		return errors.length > 0 ? refuse(data, errors) : ok(answers);
	};
}

/** Reads the number of the last version that was seen; 0 when there was none or it is no number. */
export function versionOf(data: FormData, field: string): number {
	const value = text(data, field);
	return /^\d{1,9}$/.test(value) ? Number(value) : 0;
}

function answerTo(need: Need, data: FormData): Result<NeedAnswer, FieldError> | null {
	const values = several(data, fields.choices(need.id)).filter((value) => value !== '');
	const words = text(data, fields.words(need.id));
	if (values.length === 0 && words === '') return null;

	const marked = values.filter((value) => value.startsWith(kindMark));
	const kind = kindOf(values);
	// Without JavaScript nothing stops a page from sending an answer and "rather not" together.
	if (marked.length > 1 || (marked.length === 1 && values.length > 1)) {
		return wrong(fields.choices(need.id), 'together');
	}
	if (!isAnswerKind(kind)) return wrong(fields.choices(need.id), 'unknown_option');

	const checked = checkAnswer(need, { kind, choices: marked.length > 0 ? [] : values, words });
	if (checked.ok) {
		const version = versionOf(data, fields.version(need.id));
		return ok({ needId: need.id, version, answer: checked.value });
	}
	return checked.error === 'too_long'
		? wrong(fields.words(need.id), 'too_long', { count: wordsLimit(need) })
		: wrong(fields.choices(need.id), checked.error);
}

function wrong(
	field: string,
	what: AnswerError | 'together',
	values?: Readonly<Record<string, number>>
): { readonly ok: false; readonly error: FieldError } {
	const key = `needs-pages:error.${what}`;
	return { ok: false, error: values ? { field, key, values } : { field, key } };
}
