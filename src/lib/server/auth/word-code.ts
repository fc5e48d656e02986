import { randomInt } from 'node:crypto';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { wordCount } from '#lib/domain/invitation/secret.ts';

/** Draws a word code: words of four letters or more that no two of begin alike, with spaces. */
export function drawWords(): string {
	const words = Array.from({ length: wordCount }, () => wordlist[randomInt(wordlist.length)]);
	return words.join(' ');
}
