import { ok } from '#lib/domain/result.ts';
import { refuse, text, type Parse } from '#lib/forms/form.ts';

/** Reads an exact reference; what it is a reference of shows when it is looked up. */
export const parse: Parse<{ reference: string }> = (data) => {
	const reference = text(data, 'reference');
	if (reference === '')
		return refuse(data, [{ field: 'reference', key: 'staff:error.searchMissing' }]);
	// Nothing we know has a longer reference: it cannot be there.
	if (reference.length > 60)
		return refuse(data, [{ field: 'reference', key: 'staff:search.none' }]);
	return ok({ reference });
};
