import { bare } from '#lib/domain/linked/writing.ts';

const postcode = /\b([a-z]{1,2}\d[a-z\d]?)\s*(\d[a-z]{2})\b/u;
// What stands before the number of a flat: the building is what two people share.
const withinBuilding = /\b(flat|apartment|apt|unit|room|rm|fflat)\s+\w+/gu;

/**
 * Gives what two writings of one home have in common: the postcode with the number of the house, or
 * its name where it has no number; a mail address without its case and its `+` part; and of an
 * address without a postcode all its letters. Null for nothing.
 */
export function addressKey(typed: string): string | null {
	if (typed.includes('@')) return mailKey(typed);
	const text = bare(typed);
	if (text === '') return null;
	const found = postcode.exec(text);
	if (!found) return `text ${text.replaceAll(' ', '')}`;
	const rest = text.replace(found[0], ' ').trim();
	const code = `${found[1] ?? ''}${found[2] ?? ''}`;
	const building = rest.replaceAll(withinBuilding, ' ').trim();
	return `${code} ${house(building) ?? house(rest) ?? firstWords(typed, found[0])}`;
}

// "12a", "12 a" and "12A" are one house; of "12-14" the first number is enough.
function house(text: string): string | null {
	const found = /(?:^|\s)0*(\d+)\s?([a-z]?)(?=\s|$)/u.exec(text);
	return found ? `${found[1] ?? ''}${found[2] ?? ''}` : null;
}

// A house that has a name has it in the first line.
function firstWords(typed: string, code: string): string {
	const first = typed
		.split(/[\n,]/)
		.map(bare)
		.find((line) => line !== '' && line !== bare(code));
	return (first ?? '').replace(code, '').replaceAll(' ', '');
}

function mailKey(typed: string): string | null {
	const [, local = '', domain = ''] = /([^\s<>,;"]+)@([^\s<>,;"@]+)/u.exec(typed) ?? [];
	const name = local.normalize('NFKC').toLowerCase().replace(/\+.*$/u, '');
	return name === '' ? null : `mail ${name}@${domain.normalize('NFKC').toLowerCase()}`;
}
