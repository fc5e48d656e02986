import { crimeReference, isCategory, type Category } from '#lib/domain/case/category.ts';
import { ok } from '#lib/domain/result.ts';
import { dayOf, instantOf, minutesOf } from '#lib/forms/day.ts';
import { refuse, text, type FieldError, type Parse } from '#lib/forms/form.ts';
import { insiderOf, type Insider } from '#lib/forms/insider.ts';
import { personOf, type PersonAnswers } from '#lib/forms/victim-add.ts';

/** A case as an officer opens it. */
export type CaseAnswers = {
	readonly crimeReference: string;
	readonly category: Category;
	readonly reportedAt: Date;
	readonly person: PersonAnswers;
	readonly insider: Insider;
};

/** Reads the form that opens a case with its first victim. */
export const parse: Parse<CaseAnswers> = (data) => {
	const errors: FieldError[] = [];
	const wrong = (field: string, key: string): void => {
		errors.push({ field, key: `staff:error.${key}` });
	};
	const typed = text(data, 'crimeReference');
	const reference = crimeReference(typed);
	if (reference === null) wrong('crimeReference', typed === '' ? 'crimeMissing' : 'crimeForm');
	const category = text(data, 'category');
	if (!isCategory(category)) wrong('category', 'categoryMissing');
	const day = dayOf(data, 'reported');
	if (!day.ok) wrong('reported-day', day.error === 'missing' ? 'reportedMissing' : 'dayUnreal');
	const at = minutesOf(text(data, 'reportedTime'));
	if (!at) wrong('reportedTime', 'timeForm');
	const person = personOf(data);
	if (!person.ok) errors.push(...person.error);
	const insider = insiderOf(data);
	if (!insider.ok) errors.push(...insider.error);
	if (
		errors.length > 0 ||
		reference === null ||
		!isCategory(category) ||
		!day.ok ||
		!at ||
		!person.ok ||
		!insider.ok
	) {
		return refuse(data, errors);
	}
	const reportedAt = instantOf(day.value, at);
	const [who, access] = [person.value, insider.value];
	return ok({ crimeReference: reference, category, reportedAt, person: who, insider: access });
};
