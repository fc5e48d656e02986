import { ok } from '#lib/domain/result.ts';
import { refuse, text, type Parse } from '#lib/forms/form.ts';

/** Reads which kept form is meant. */
export const parseDraft: Parse<{ readonly draft: string }> = (data) => {
	const draft = text(data, 'draft');
	return /^[0-9a-f-]{36}$/.test(draft)
		? ok({ draft })
		: refuse(data, [{ field: 'draft', key: 'common:error.notFound' }]);
};
