import { ok } from '#lib/domain/result.ts';
import { isUuid } from '#lib/domain/uuid.ts';
import { refuse, text, type Parse } from '#lib/forms/form.ts';

/** Reads which kept form is meant. */
export const parseDraft: Parse<{ readonly draft: string }> = (data) => {
	const draft = text(data, 'draft');
	return isUuid(draft)
		? ok({ draft })
		: refuse(data, [{ field: 'draft', key: 'common:error.notFound' }]);
};
