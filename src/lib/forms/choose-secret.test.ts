import { expect, test } from 'vitest';
import { chosen, newPassword, parseNewWords } from '#lib/forms/choose-secret.ts';

function form(fields: Record<string, string>): FormData {
	const data = new FormData();
	for (const [name, value] of Object.entries(fields)) data.set(name, value);
	return data;
}

const isCommon = (password: string): boolean => password === 'correct horse battery';

test.each([
	['too short', 'short', 'a quiet'],
	['too long', 'long', 'quiet river '.repeat(17)],
	['one that many people use', 'common', 'Correct horse battery']
])(
	'a new password that is %s is refused as at activation, and not played back',
	(_, key, typed) => {
		const wrong = { field: 'password', key: `ways-in:choose.error.${key}` };
		const alone = newPassword(isCommon)(form({ password: typed }));
		expect(alone).toMatchObject({ ok: false, error: { errors: [wrong], values: {} } });
		const first = chosen(isCommon)(form({ name: 'maya', password: typed }));
		expect(first).toMatchObject({
			ok: false,
			error: { errors: [wrong], values: { name: ['maya'] } }
		});
		expect(JSON.stringify([alone, first])).not.toContain(typed);
	}
);

test('a new password keeps its spaces, and words typed back come with their seal', () => {
	const password = '  a quiet river and a saddle ';
	expect(newPassword(isCommon)(form({ password }))).toEqual({ ok: true, value: { password } });
	expect(parseNewWords(form({ 'six-words': ' one two ', sealed: 'ey' }))).toEqual({
		ok: true,
		value: { typed: 'one two', sealed: 'ey' }
	});
});
