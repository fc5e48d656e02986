import type { Known } from '#lib/domain/acting/marks.ts';
import { addressKey } from '#lib/domain/linked/address.ts';
import { nameKey, nameKeys } from '#lib/domain/linked/name.ts';
import { phoneNumber } from '#lib/domain/linked/number.ts';

/** How a person is reached, as `contact_detail` has it: where it leads is a home or a telephone. */
export type Detail = {
	readonly channel: 'mail' | 'text' | 'call' | 'post';
	readonly value: string;
};

/** What two people may share, in a form that does not depend on how it was written. */
export type Markers = {
	readonly addresses: readonly string[];
	readonly numbers: readonly string[];
	readonly names: readonly string[];
};

/** Gives what is known of a person that somebody else may share. */
export function markersOf(person: {
	readonly name?: string | undefined;
	readonly details?: readonly Detail[] | undefined;
}): Markers {
	const details = person.details ?? [];
	const of = (
		channels: readonly Detail['channel'][],
		key: (value: string) => string | null
	): string[] => [
		...new Set(
			details
				.filter(({ channel }) => channels.includes(channel))
				.flatMap(({ value }) => key(value) ?? [])
		)
	];
	return {
		addresses: of(['mail', 'post'], addressKey),
		numbers: of(['text', 'call'], phoneNumber),
		names: person.name === undefined ? [] : nameKeys(person.name)
	};
}

/** Gives the same of somebody who acts or is to act, whose names are known apart. */
export function markersOfKnown({ given, family, number, address }: Known): Markers {
	const name = nameKey(given, family);
	const whole = markersOf({
		...(given === '' || family === '' ? {} : { name: `${given} ${family}` }),
		details: [
			{ channel: 'call', value: number },
			{ channel: 'post', value: address }
		]
	});
	return { ...whole, names: [...new Set([...(name === null ? [] : [name]), ...whole.names])] };
}

/** Whether two people share an address, a number, or an initial with a surname. */
export function share(one: Markers, other: Markers): boolean {
	return (['addresses', 'numbers', 'names'] as const).some((kind) =>
		one[kind].some((key) => other[kind].includes(key))
	);
}

/** How a stop ended: the two belong together and that is known, or what was typed was wrong. */
export const checkOutcomes = ['known', 'mistake'] as const;
export type CheckOutcome = (typeof checkOutcomes)[number];
