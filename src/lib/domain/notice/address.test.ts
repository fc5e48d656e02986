import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAddress } from '#lib/domain/notice/address.ts';

const plain = [
	'sam@example.com',
	'sam.example+news@mail.example.co.uk',
	"o'brien@example.com",
	'a@b.io',
	'7@example.com',
	'sam@xn--bcher-kva.example.com',
	'sam@example.xn--p1ai',
	`${'a'.repeat(64)}@example.com`
];

// What has led mail programs to another recipient than the one that was checked.
const tricks: Record<string, string> = {
	nothing: '',
	'no at sign': 'sam.example.com',
	'two at signs': 'sam@example.com@evil.example',
	'a list': 'sam@example.com,eve@evil.example',
	'a list with a semicolon': 'sam@example.com;eve@evil.example',
	'a quoted local part with another address in it': '"eve@evil.example x"@example.com',
	'a quoted local part': '"sam"@example.com',
	'a comment before': '(eve@evil.example)sam@example.com',
	'a comment after': 'sam@example.com(eve@evil.example)',
	'a display name': 'Sam <sam@example.com>',
	'angle brackets': '<sam@example.com>',
	'a group': 'friends:sam@example.com,eve@evil.example;',
	'a blind copy after a line end': 'sam@example.com\r\nBcc: eve@evil.example',
	'a bare line feed': 'sam@example.com\neve@evil.example',
	'a line end in the local part': 'sam\r\nRCPT TO:<eve@evil.example>@example.com',
	'a null byte': 'sam@example.com\u0000.evil.example',
	'a tab': 'sam\t@example.com',
	'a space before': ' sam@example.com',
	'a space after': 'sam@example.com ',
	'a route by percent sign': 'eve%evil.example@example.com',
	'a route by exclamation mark': 'evil.example!eve@example.com',
	'a source route': '@evil.example:sam@example.com',
	'an encoded word': '=?utf-8?q?eve@evil.example?=@example.com',
	'a full-width at sign': 'sam＠example.com',
	'a Cyrillic letter': 'sаm@example.com',
	'a domain in another script': 'sam@bücher.example.com',
	'an ideographic full stop': 'sam@example。com',
	'a zero-width space': 'sam@exam\u200bple.com',
	'a right-to-left mark': '\u202esam@example.com',
	'an address of a machine': 'sam@[127.0.0.1]',
	'a number for a domain': 'sam@127.0.0.1',
	'a bare host': 'sam@localhost',
	'a leading dash': '-oQ/tmp@example.com',
	'a backslash': 'sam\\@eve@evil.example',
	'two dots': 'sam..example@example.com',
	'a leading dot': '.sam@example.com',
	'a last dot': 'sam@example.com.',
	'a dash at the edge of a label': 'sam@-example.com',
	'too long a local part': `${'a'.repeat(65)}@example.com`,
	'too long in all': `sam@${'a.'.repeat(130)}com`,
	'a mailto link': 'mailto:sam@example.com',
	parameters: 'sam@example.com?bcc=eve@evil.example'
};

describe('a mail address', () => {
	test.each(plain)('%s is taken as it is', (address) => {
		expect(parseAddress(address)).toEqual({ ok: true, value: address });
	});

	test.each(Object.entries(tricks))('with %s is refused', (_name, address) => {
		expect(parseAddress(address)).toEqual({ ok: false, error: 'bad_address' });
	});

	test('whatever is taken has one at sign and printable ASCII without separators', () => {
		const likely = fc.string({ unit: fc.constantFrom(...'ab.@-+,;:<>()"\\ \r\n%!é') });
		fc.assert(
			fc.property(fc.oneof(likely, fc.emailAddress(), fc.string()), (text) => {
				const parsed = parseAddress(text);
				return !parsed.ok || /^[^\s,;:<>()"\\%!@]+@[a-z0-9.-]+$/i.test(parsed.value);
			})
		);
	});
});
