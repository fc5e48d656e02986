/** What a page that is asked for again would lose: nothing, or what was typed; some of it is kept. */
export type PageForm = 'nothing' | 'kept' | 'lost';

// Their forms are buttons: nothing is typed there.
const buttonsOnly: readonly string[] = [
	'/(victim)/home',
	'/(victim)/me',
	'/(victim)/me/sessions',
	'/(victim)/me/passkeys',
	'/(staff)/account'
];
// A secret is never kept, and a search is not worth keeping.
const notKept: readonly string[] = [
	'/(victim)/me/check',
	'/(victim)/me/secret',
	'/(staff)/check',
	'/(staff)/account/secret',
	'/(staff)/search'
];

/**
 * Takes a route and whether its page carries the fields of a form. Says what would become of words
 * typed there if they were sent after the session's end.
 */
export function formOn(routeId: string | null, hasFields: boolean): PageForm {
	const route = routeId ?? '';
	if (notKept.includes(route)) return 'lost';
	return hasFields && !buttonsOnly.includes(route) ? 'kept' : 'nothing';
}
