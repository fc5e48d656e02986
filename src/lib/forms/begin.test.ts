import { expect, test } from 'vitest';
import { parse } from '#lib/forms/begin.ts';

function form(fields: Record<string, string>): FormData {
	const data = new FormData();
	for (const [name, value] of Object.entries(fields)) data.set(name, value);
	return data;
}

test('both secrets are read, however they are spaced', () => {
	const read = parse(form({ code: '0123 4567 8901', second: '123-456' }));
	expect(read).toEqual({ ok: true, value: { code: '012345678901', second: '123456' } });
});

test('what is wrong is said at its field, and neither secret is played back', () => {
	const read = parse(form({ code: '0123 4567', second: '123456', other: 'kept' }));
	expect(read).toEqual({
		ok: false,
		error: {
			errors: [{ field: 'code', key: 'ways-in:begin.error.code' }],
			values: { other: ['kept'] }
		}
	});
	const empty = parse(form({}));
	expect(!empty.ok && empty.error.errors.map(({ field }) => field)).toEqual(['code', 'second']);
});
