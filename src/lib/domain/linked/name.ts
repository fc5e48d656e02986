import { bare } from '#lib/domain/linked/writing.ts';

const titles = new Set(['mr', 'mrs', 'ms', 'miss', 'mx', 'dr', 'sir', 'dame', 'prof', 'rev']);

/**
 * Gives the key of a person known by an initial (or a whole first name) and a surname. Null when
 * one of them is missing.
 */
export function nameKey(initial: string, surname: string): string | null {
	const [first, last] = [bare(initial), bare(surname).replaceAll(' ', '')];
	return first === '' || last === '' ? null : `${[...first][0] ?? ''} ${last}`;
}

/**
 * Gives every key that a whole name may go by: where its surname begins is not known (de la Cruz),
 * either half of a double name may be used alone, and in many places the surname stands first.
 * A key too many costs a person a look; a key too few may cost a life.
 */
export function nameKeys(name: string): string[] {
	const words = bare(name.replaceAll(/[\u2010-\u2015]/gu, '-'))
		.split(' ')
		.filter((word) => word !== '' && !titles.has(word));
	if (words.length === 0) return [];
	if (words.length === 1) return keysOf([words[0] ?? ''], [words[0] ?? '']);
	const tails = words.slice(1).map((_, index) => words.slice(index + 1).join(''));
	const heads = words.slice(0, -1).map((_, index) => words.slice(0, index + 1).join(''));
	return [
		...new Set([
			...keysOf([words[0] ?? ''], [...words.slice(1), ...tails]),
			...keysOf(words.slice(1), [words[0] ?? '', ...heads])
		])
	];
}

function keysOf(firsts: readonly string[], surnames: readonly string[]): string[] {
	return firsts.flatMap((first) => surnames.flatMap((surname) => nameKey(first, surname) ?? []));
}
