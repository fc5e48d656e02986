import { expect, test } from 'vitest';
import { insiderAnswers, labelsIn, restricts } from '#lib/domain/restricted/insider.ts';

test('a yes to either question closes the case, and nothing else does', () => {
	const closing = insiderAnswers.flatMap((close) =>
		insiderAnswers.filter((didIt) => restricts({ close, didIt })).map((didIt) => [close, didIt])
	);
	expect(closing).toEqual([
		...[
			['yes', 'yes'],
			['yes', 'no'],
			['yes', 'not_known'],
			['no', 'yes'],
			['not_known', 'yes']
		]
	]);
});

test('labels are split at lines, tidied, and kept once', () => {
	expect(labelsIn(' PC  4021 \nDC 2290\n\npc 4021\n Amira, Victim care ')).toEqual([
		...['pc 4021', 'DC 2290', 'Amira, Victim care']
	]);
	expect(labelsIn(' \n\n ')).toEqual([]);
});
