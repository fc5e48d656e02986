import { ok } from '#lib/domain/result.ts';
import { refuse, text, type Parse } from '#lib/forms/form.ts';

/** Reads a form that is one button and says nothing more. */
export const parseButton: Parse<null> = () => ok(null);

/** Reads which of their cases a person turns to. */
export const parseChoice: Parse<{ participationId: string }> = (data) => {
	const participationId = text(data, 'case');
	if (participationId !== '') return ok({ participationId });
	return refuse(data, [{ field: 'case', key: 'victim:choose.error.missing' }]);
};
