import { expect, test } from 'vitest';
import { parse } from '#lib/forms/contact-mail.ts';

function form(fields: Record<string, string>): FormData {
	const data = new FormData();
	for (const [name, value] of Object.entries(fields)) data.set(name, value);
	return data;
}

test('an address with a plain yes is taken', () => {
	const read = parse(form({ address: ' sam@example.com ', safe: 'yes', version: '' }));
	expect(read.ok && read.value).toEqual({ address: 'sam@example.com', safe: true, version: '' });
});

test.each([
	['two addresses', 'a@example.com, b@example.com'],
	['a comment that hides another address', 'a@example.com(b@example.org)'],
	['a line break', 'a@example.com\nbcc: b@example.org']
])('%s is refused and played back', (_, address) => {
	const read = parse(form({ address, safe: 'yes' }));
	expect(read.ok).toBe(false);
	if (!read.ok) {
		expect(read.error.errors.map((error) => error.field)).toEqual(['address']);
		expect(read.error.values.address).toEqual([address]);
	}
});

test('whether it is safe must be said, not assumed', () => {
	const read = parse(form({ address: 'sam@example.com' }));
	expect(!read.ok && read.error.errors[0]?.field).toBe('safe');
});
