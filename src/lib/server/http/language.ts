import type { Handle } from '@sveltejs/kit';
import { languageAsked, languageFacts, languageOf } from '#lib/i18n/languages.ts';

export const languageCookie = 'language';

/** Settles the reader's language: the account's, else the one picked here, else the browser's. */
export const language: Handle = async ({ event, resolve }) => {
	const picked = event.cookies.get(languageCookie);
	const { actor } = event.locals;
	event.locals.language = actor
		? actor.language
		: picked
			? languageOf(picked)
			: languageAsked(event.request.headers.get('accept-language'));
	const { direction } = languageFacts[event.locals.language];
	return resolve(event, {
		transformPageChunk: ({ html }) =>
			html.replace('%lang%', event.locals.language).replace('%dir%', direction),
		// Pages carry their own data; nothing is fetched ahead on behalf of a person.
		preload: ({ type }) => type === 'css' || type === 'js'
	});
};
