import type { Attributes } from '#lib/components/types.ts';

/** One box of a date as a caller describes it. */
export interface DatePart {
	name?: string | undefined;
	id?: string | undefined;
	label?: string | undefined;
	value?: string | number | undefined;
	classes?: string | undefined;
	/** True marks this box as the wrong one, false as right although the date is wrong. */
	error?: boolean | undefined;
	inputmode?: string | undefined;
	pattern?: string | undefined;
	autocomplete?: string | undefined;
	attributes?: Attributes | undefined;
}

/** A date input as a caller describes it; `false` leaves a box out. */
export interface DateParams {
	id: string;
	namePrefix?: string | undefined;
	values?: Record<string, string | number | undefined> | undefined;
	day?: DatePart | false | undefined;
	month?: DatePart | false | undefined;
	year?: DatePart | false | undefined;
	items?: DatePart[] | undefined;
	hasError: boolean;
}

/** One box ready to be shown. */
export interface DateBox extends DatePart {
	id: string;
	name: string;
	/** The name without its prefix, by which the word for it is found. */
	plain: string;
	classes: string;
}

const units = ['day', 'month', 'year'] as const;
const widths = { day: 2, month: 2, year: 4 };

/** Gives the boxes of a date input in order, with names, ids, values and classes settled. */
export function dateBoxes(date: DateParams): DateBox[] {
	const own = Object.fromEntries(
		units.map((unit) => [unit, date[unit] ?? { name: unit, value: date.values?.[unit] }])
	) as Record<(typeof units)[number], DatePart | false>;
	const parts = date.items?.length ? date.items : units.map((unit) => own[unit]);
	const marked = parts.some((part) => part && isMarked(part));
	return parts.flatMap((part) => (part ? [settle(part)] : []));

	function settle(part: DatePart): DateBox {
		const unit = units.find((each) => {
			const mine = own[each];
			return part === mine || [each, mine && mine.name].includes(part.name ?? '');
		});
		const mine = unit && own[unit];
		const plain = part.name ?? unit ?? '';
		const name = date.namePrefix ? `${date.namePrefix}-${plain}` : plain;
		return {
			...part,
			id: part.id ?? `${date.id}-${plain}`,
			name,
			plain,
			value: part.value ?? (mine ? mine.value : undefined) ?? date.values?.[name],
			classes: classesOf(part, unit ? widths[unit] : 2)
		};
	}

	function classesOf(part: DatePart, width: number): string {
		const wrong = part.error !== false && date.hasError && !marked;
		return [
			'govuk-date-input__input',
			!has(part, 'govuk-input--error') && (isMarked(part) || wrong) && 'govuk-input--error',
			!has(part, 'govuk-input--width-') && `govuk-input--width-${width}`,
			part.classes
		]
			.filter(Boolean)
			.join(' ');
	}
}

function isMarked(part: DatePart): boolean {
	return part.error === true || has(part, 'govuk-input--error');
}

function has(part: DatePart, name: string): boolean {
	return part.classes?.includes(name) === true;
}
