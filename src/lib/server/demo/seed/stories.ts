import type { VictimPart } from '#lib/server/demo/seed/people.ts';
import type { Story, StoryPerson } from '#lib/server/demo/seed/story.ts';
import { appeal, carys, firstDay, parole } from '#lib/server/demo/seed/stories/after-court.ts';
import { bereaved, child } from '#lib/server/demo/seed/stories/families.ts';
import { nadia } from '#lib/server/demo/seed/stories/nadia.ts';
import { others } from '#lib/server/demo/seed/stories/others.ts';
import { ruth } from '#lib/server/demo/seed/stories/ruth.ts';
import { sam } from '#lib/server/demo/seed/stories/sam.ts';

/** Every case of the demo world. All of it is made up. */
export const stories: readonly Story[] = [
	sam,
	nadia,
	bereaved,
	child,
	appeal,
	parole,
	carys,
	firstDay,
	ruth,
	...others
];

/**
 * Gives the sign-in name of a person, or null for one who has none yet: those whose sign-in is
 * printed have a short one, and whoever said or asked something has one made of their name.
 */
export function accountName(person: StoryPerson): string | null {
	if (person.account) return person.account;
	if (!person.said && !person.asked) return null;
	return person.name.toLowerCase().replaceAll(' ', '.');
}

/** The people in it who have a sign-in. */
export const victims: readonly VictimPart[] = stories.flatMap((story) =>
	story.people.flatMap((person) => {
		const name = accountName(person);
		if (name === null) return [];
		const { shown, language = 'en', parent } = person;
		return [
			{ name, who: shown ?? 'Victim', language, shown: shown !== undefined },
			...(parent ? [{ name: parent.account, who: parent.shown, language, shown: true }] : [])
		];
	})
);
