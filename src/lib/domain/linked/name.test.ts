import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nameKey, nameKeys } from '#lib/domain/linked/name.ts';
import { bare } from '#lib/domain/linked/writing.ts';

/** Whether a whole name may be that of somebody known by an initial and a surname. */
const meets = (whole: string, initial: string, surname: string): boolean =>
	nameKeys(whole).includes(nameKey(initial, surname) ?? 'nothing');

describe('a name and an initial with a surname', () => {
	test.each([
		['Sam Example', 'S', 'Example'],
		['SAM EXAMPLE', 's', 'example'],
		['Mr Sam Example', 'Sam', 'EXAMPLE'],
		['Example, Sam', 'S', 'Example'],
		['Sam Lee Example', 'S', 'Example'],
		['Siân Llŷr-Jones', 'S', 'Llyr Jones'],
		['Siân Llŷr-Jones', 'S', 'Jones'],
		['Siân Llŷr–Jones', 'S', 'Llyr'],
		['Zoë Müller', 'Z', 'Muller'],
		['Łukasz Wałęsa', 'L', 'Walesa'],
		['Søren Ærø', 'S', 'Aero'],
		['José de la Cruz', 'J', 'De La Cruz'],
		['José de la Cruz', 'J', 'Cruz'],
		['Nora O’Neill', 'N', "O'Neill"],
		['Nora O’Neill', 'N', 'ONeill'],
		['Ștefan Ionescu', 'S', 'Ionescu'],
		['İpek Yıldız', 'I', 'Yildiz'],
		['Weiß Anna', 'A', 'Weiss'],
		['محمد علی', 'م', 'علی'],
		['محمد على', 'م', 'علی'],
		['مُحَمَّد عَلي', 'محمد', 'علی'],
		['أحمد حسین', 'ا', 'حسین'],
		['احمد حسين', 'أحمد', 'حسین'],
		['فاطمہ خان', 'ف', 'خان'],
		['فاطمة كريم', 'فاطمه', 'کریم'],
		['نادیہ رحمٰن', 'ن', 'رحمن'],
		['نادیہ رحمــن', 'ن', 'رحمن'],
		['علی\u200cرضا شاہ', 'ع', 'شاه'],
		['ਗੁਰਪ੍ਰੀਤ ਕੌਰ', 'ਗ', 'ਕੌਰ'],
		['রহিমা বেগম', 'র', 'বেগম'],
		['Amina', 'A', 'Amina']
	])('%s may be %s %s', (whole, initial, surname) => {
		expect(meets(whole, initial, surname)).toBe(true);
	});

	test.each([
		['Sam Example', 'T', 'Example'],
		['Sam Example', 'S', 'Sample'],
		['محمد علی', 'ن', 'علی'],
		['محمد علی', 'م', 'خان'],
		['Sam Example', '', 'Example'],
		['Sam Example', 'S', ''],
		['', 'S', 'Example'],
		['Mr', 'M', 'Mr']
	])('%s is not %s %s', (whole, initial, surname) => {
		expect(meets(whole, initial, surname)).toBe(false);
	});

	test('in any case and any composition of its letters are the same', () => {
		// What is a title is no name: “Dr Aa” has one word, and meets nobody called D. Aa.
		const title = /^(mr|mrs|ms|miss|mx|dr|sir|dame|prof|rev)$/i;
		const word = fc
			.stringMatching(/^[A-Za-zÀ-ÖØ-öø-žء-ي]{2,9}$/u)
			.filter((drawn) => !title.test(drawn));
		fc.assert(
			fc.property(word, word, (first, last) => {
				const whole = `${first} ${last}`;
				expect(meets(whole, first, last)).toBe(true);
				expect(meets(whole.normalize('NFD'), first.normalize('NFC'), last)).toBe(true);
				expect(meets(whole.toUpperCase(), first, last.toLowerCase())).toBe(true);
			})
		);
	});

	test('have no key that is empty, whatever was typed', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), (typed) => {
				for (const key of nameKeys(typed)) expect(key).toMatch(/^\S+ \S+$/u);
			})
		);
	});
});

test('bare writing does not change when it is written again', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme' }), (typed) => {
			expect(bare(bare(typed))).toBe(bare(typed));
		})
	);
});
