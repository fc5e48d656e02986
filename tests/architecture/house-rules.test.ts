import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesUnder, textOf } from './files.ts';

const code = ['src', 'tests', 'scripts', 'migrations'].flatMap((folder) =>
	filesUnder(folder, '.ts', '.mjs', '.js', '.svelte', '.scss')
);

describe('every file', () => {
	test('fits on a few screens', () => {
		const limit = (file: string) => (file.startsWith('migrations') ? 260 : 250);
		const long = code
			.map((file) => ({ file, lines: textOf(file).split('\n').length - 1 }))
			.filter(({ file, lines }) => lines > limit(file));
		expect(long).toEqual([]);
	});

	test('has a name that says what is in it', () => {
		const vague = /^(utils?|helpers?|managers?|common|misc|shared-stuff|stuff)$/;
		const wrong = code.filter((file) =>
			file.split(path.sep).some((part) => vague.test(part.split('.')[0] ?? ''))
		);
		expect(wrong).toEqual([]);
	});

	test('is finished, and hides nothing from the tools', () => {
		const marks = [
			'TO' + 'DO',
			'FIX' + 'ME',
			'eslint-dis' + 'able',
			'@ts-ig' + 'nore',
			'@ts-exp' + 'ect-error',
			'@ts-noch' + 'eck',
			'prettier-ig' + 'nore',
			'svelte-ig' + 'nore'
		];
		const wrong = code
			.filter((file) => !file.endsWith('lint-zones.test.ts'))
			.flatMap((file) =>
				marks.filter((mark) => textOf(file).includes(mark)).map((mark) => `${file}: ${mark}`)
			);
		expect(wrong).toEqual([]);
	});

	test('names the columns it reads, so that a new secret one is not read by chance', () => {
		const wrong = code.filter(
			(file) => file.startsWith('src') && /\.(selectAll|returningAll)\(/.test(textOf(file))
		);
		expect(wrong).toEqual([]);
	});
});

describe('the pages', () => {
	const pages = filesUnder('src', '.svelte');

	test('use no old Svelte and nothing that the content policy would stop', () => {
		const old = [
			/export let /,
			/\bon:[a-z]+=/,
			/\$app\/stores/,
			/\sstyle=["'{]/,
			/\sstyle:[a-z]/,
			/transition:/,
			/<slot\b/
		];
		const wrong = pages.flatMap((file) =>
			old.filter((form) => form.test(textOf(file))).map((form) => `${file}: ${form.source}`)
		);
		expect(wrong).toEqual([]);
	});

	test('load nothing from elsewhere', () => {
		const wrong = pages.filter((file) => /(src|srcset|action)=["']https?:/.test(textOf(file)));
		expect(wrong).toEqual([]);
	});
});
