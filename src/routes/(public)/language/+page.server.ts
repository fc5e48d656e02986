import { redirect } from '@sveltejs/kit';
import { languageOf } from '#lib/i18n/languages.ts';
import { changeLanguage } from '#lib/server/accounts/service.ts';
import { run } from '#lib/server/http/run.ts';
import { languageCookie } from '#lib/server/http/language.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = () => redirect(303, '/');

export const actions: Actions = {
	default: async (event) => {
		const data = await event.request.formData();
		const language = languageOf(String(data.get('language') ?? 'en'));
		event.cookies.set(languageCookie, language, { path: '/', httpOnly: true, sameSite: 'lax' });
		if (event.locals.actor) await run(event, (ctx) => changeLanguage(ctx, language));
		redirect(303, ownPath(data.get('returnTo')));
	}
};

// Only a plain path of ours: nothing that a browser could read as another host.
function ownPath(value: FormDataEntryValue | null): string {
	return typeof value === 'string' && /^\/[a-z0-9/-]*$/i.test(value) && !value.startsWith('//')
		? value
		: '/';
}
