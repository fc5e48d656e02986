import { getContext, hasContext, setContext } from 'svelte';

/** The few words base components bring themselves, in the reader's language. */
export interface ComponentWords {
	/** Hidden word before an error message. */
	error: string;
	back: string;
	warning: string;
	success: string;
	important: string;
	day: string;
	month: string;
	year: string;
	previousPage: string;
	nextPage: string;
	pagination: string;
	/** Says which page a number leads to. */
	page: (number: number | string) => string;
	showPassword: string;
	hidePassword: string;
	showPasswordLabel: string;
	hidePasswordLabel: string;
	passwordShown: string;
	passwordHidden: string;
	/** Between a sender and a time: "PC 4021 at 10:40". */
	at: string;
	/** Before who did something in a timeline. */
	by: string;
}

const english: ComponentWords = {
	error: 'Error',
	back: 'Back',
	warning: 'Warning',
	success: 'Success',
	important: 'Important',
	day: 'Day',
	month: 'Month',
	year: 'Year',
	previousPage: 'Previous page',
	nextPage: 'Next page',
	pagination: 'Pagination',
	page: (number) => `Page ${number}`,
	showPassword: 'Show',
	hidePassword: 'Hide',
	showPasswordLabel: 'Show password',
	hidePasswordLabel: 'Hide password',
	passwordShown: 'Your password is visible',
	passwordHidden: 'Your password is hidden',
	at: 'at',
	by: 'by'
};

const key = Symbol('component words');

/**
 * Gives every component below the caller its words. Takes a function, because the language may
 * change while the layout stays. Words left out stay English. Call while a component starts.
 */
export function provideWords(words: () => Partial<ComponentWords>): void {
	setContext(key, () => ({ ...english, ...words() }));
}

/** Gives a function that gives the words in force. Call while a component starts. */
export function useWords(): () => ComponentWords {
	return hasContext(key) ? getContext<() => ComponentWords>(key) : () => english;
}
