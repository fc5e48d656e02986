import { ok } from '#lib/domain/result.ts';
import { refuse, text, type Parse } from '#lib/forms/form.ts';

const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reads who is to be the officer in a case, and which assignment the supervisor was shown. */
export const parse: Parse<{ to: string; seen: string }> = (data) => {
	const [to, seen] = [text(data, 'officer'), text(data, 'version')];
	if (id.test(to) && id.test(seen)) return ok({ to, seen });
	return refuse(data, [{ field: 'officer', key: 'staff:error.officerMissing' }]);
};
