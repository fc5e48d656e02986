import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { textOf } from './files.ts';

const folder = 'docs/adr';
const records = readdirSync(folder)
	.filter((file) => /^\d{4}-/.test(file))
	.sort()
	.map((file) => ({ file, number: Number(file.slice(0, 4)), text: textOf(`${folder}/${file}`) }));

describe('the log of decisions', () => {
	test('is numbered from 1 without a gap or a number used twice', () => {
		expect(records.map(({ number }) => number)).toEqual(records.map((_, index) => index + 1));
		expect(records.length).toBeGreaterThan(20);
	});

	test.each(records)(
		'$file has a title with its number, a status, a date and its parts',
		(record) => {
			expect(record.file).toMatch(/^\d{4}-[a-z0-9-]+\.md$/);
			expect(record.text).toMatch(new RegExp(`^# ${String(record.number)}\\. \\S.*\n`));
			expect(record.text).toMatch(/^Status: (Accepted|Superseded by \d{4})$/m);
			expect(record.text).toMatch(/^Date: \d{4}-\d{2}-\d{2}$/m);
			const parts = [...record.text.matchAll(/^## (.+)$/gm)].map((match) => match[1]);
			expect(parts).toEqual(['Context', 'Decision', 'Consequences']);
		}
	);

	test('names a successor that is there for each one superseded', () => {
		const successors = records.flatMap(({ text }) =>
			[...text.matchAll(/^Status: Superseded by (\d{4})$/gm)].map((match) => Number(match[1]))
		);
		const numbers = records.map(({ number }) => number);
		expect(successors.filter((number) => !numbers.includes(number))).toEqual([]);
	});

	test('is complete: what the code cites is there', () => {
		const cited = ['src', 'migrations', 'scripts', 'tests']
			.flatMap((place) =>
				readdirSync(place, { recursive: true, encoding: 'utf8' }).map((file) => `${place}/${file}`)
			)
			.concat('vite.config.ts', 'svelte.config.js', 'eslint.config.js')
			.filter((file) => /\.(ts|js|mjs|svelte)$/.test(file))
			.flatMap((file) =>
				[...textOf(file).matchAll(/docs\/adr\/(\d{4})/g)].map((match) => Number(match[1]))
			);
		const numbers = records.map(({ number }) => number);
		expect(cited.filter((number) => !numbers.includes(number))).toEqual([]);
	});
});
