import { languageFacts } from '#lib/i18n/languages.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals, route }) => ({
	language: locals.language,
	direction: languageFacts[locals.language].direction,
	checked: languageFacts[locals.language].checked,
	group: route.id?.match(/^\/\((\w+)\)/)?.[1] ?? 'public'
});
