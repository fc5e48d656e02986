import type { Snippet } from 'svelte';

/** Further attributes for an element; null, undefined and false leave one out. */
export type Attributes = Record<string, string | number | boolean | null | undefined>;

/** What stands in a place: plain text, or a snippet where it holds more than text. */
export interface Words {
	text?: string | number | undefined;
	content?: Snippet | undefined;
}

/** The class names and attributes a caller may add to an element. */
export interface Styled {
	classes?: string | undefined;
	attributes?: Attributes | undefined;
}

export type HintParams = Words & Styled;
export type LabelParams = Words & Styled & { isPageHeading?: boolean | undefined };
export type ErrorParams = Words & Styled & { visuallyHiddenText?: string | undefined };
export type LegendParams = Words & {
	classes?: string | undefined;
	isPageHeading?: boolean | undefined;
};

export type FieldsetParams = Styled & {
	legend?: LegendParams | undefined;
	describedBy?: string | undefined;
};

export type FormGroupParams = Styled & {
	beforeInput?: Snippet | undefined;
	afterInput?: Snippet | undefined;
};

/** What every labelled control takes. `label`, `hint` and `errorMessage` may be a plain string. */
export interface FieldParams {
	id?: string | undefined;
	name: string;
	label: LabelParams | string;
	hint?: HintParams | string | undefined;
	errorMessage?: ErrorParams | string | undefined;
	formGroup?: FormGroupParams | undefined;
	describedBy?: string | undefined;
	classes?: string | undefined;
	attributes?: Attributes | undefined;
}

/** What every group of choices takes. */
export interface GroupParams {
	hint?: HintParams | string | undefined;
	errorMessage?: ErrorParams | string | undefined;
	fieldset?: FieldsetParams | undefined;
	formGroup?: Styled | undefined;
	classes?: string | undefined;
	attributes?: Attributes | undefined;
}

/** One choice among radios or checkboxes, or a divider between them. */
export type ChoiceItem = Words & {
	value?: string | number | undefined;
	id?: string | undefined;
	divider?: string | undefined;
	checked?: boolean | undefined;
	disabled?: boolean | undefined;
	hint?: HintParams | undefined;
	label?: Styled | undefined;
	attributes?: Attributes | undefined;
	/** Shown while this choice is taken; always shown without JavaScript. */
	conditional?: Snippet | undefined;
};

/** An entry of a list that a caller may leave out in place with a false value. */
export type Maybe<T> = T | null | undefined | false | '';

export type TagParams = Words & Styled;

/** A link of a summary list or card. */
export type ActionParams = Words &
	Styled & { href: string; visuallyHiddenText?: string | undefined };

/**
 * Takes params that may be a plain string and gives them as an object, or undefined when there
 * is nothing to say.
 */
export function params<T extends Words>(given: T | string | undefined): T | Words | undefined {
	if (given === undefined || given === '') return undefined;
	return typeof given === 'string' ? { text: given } : given;
}

/** Joins the ids for aria-describedby; undefined when there are none. */
export function describe(...ids: (string | false | undefined)[]): string | undefined {
	return ids.filter(Boolean).join(' ') || undefined;
}
