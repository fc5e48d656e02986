import { ok } from '#lib/domain/result.ts';
import { isUuid } from '#lib/domain/uuid.ts';
import { refuse, text, type Parse } from '#lib/forms/form.ts';

/** Reads who is to be the officer in a case, and which assignment the supervisor was shown. */
export const parse: Parse<{ to: string; seen: string }> = (data) => {
	const [to, seen] = [text(data, 'officer'), text(data, 'version')];
	if (isUuid(to) && isUuid(seen)) return ok({ to, seen });
	return refuse(data, [{ field: 'officer', key: 'staff:error.officerMissing' }]);
};
