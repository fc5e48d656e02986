import {
	insiderAnswers,
	labelsIn,
	restricts,
	type InsiderAnswer
} from '#lib/domain/restricted/insider.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { text, type FieldError } from '#lib/forms/form.ts';

/** Who may see a case that is being set up; labels as the officer typed them. */
export type Insider = {
	readonly restrict: boolean;
	readonly named: readonly string[];
	readonly barred: readonly string[];
};

const mostLabels = 10;

/** Reads whether the people in a case work where it could be read, and who may see it then. */
export function insiderOf(data: FormData): Result<Insider, readonly FieldError[]> {
	const errors: FieldError[] = [];
	const answer = (field: string): InsiderAnswer | undefined => {
		const said = insiderAnswers.find((known) => known === text(data, field));
		if (!said) errors.push({ field, key: `staff-access:error.${field}` });
		return said;
	};
	const labels = (field: string): string[] => {
		const typed = labelsIn(text(data, field));
		if (typed.length > mostLabels || typed.some((label) => label.length > 100)) {
			errors.push({ field, key: 'staff-access:error.labels', values: { count: mostLabels } });
		}
		return typed;
	};
	const [close, didIt] = [answer('insiderClose'), answer('insiderDidIt')];
	const [named, barred] = [labels('named'), labels('barred')];
	if (errors.length > 0 || !close || !didIt) return err(errors);
	const restrict = restricts({ close, didIt });
	// Names typed before an answer was changed back are not meant any more.
	return ok(restrict ? { restrict, named, barred } : { restrict, named: [], barred: [] });
}
