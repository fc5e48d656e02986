import {
	grounds,
	isGround,
	tierFits,
	tiers,
	type Ground,
	type Tier
} from '#lib/domain/case/tier.ts';
import { participationRoles, type ParticipationRole } from '#lib/domain/need/catalogue.ts';
import { ok, type Result } from '#lib/domain/result.ts';
import { exceeds } from '#lib/domain/words.ts';
import { insiderOf, type Insider } from '#lib/forms/insider.ts';
import { refuse, several, text, type FieldError, type Parse } from '#lib/forms/form.ts';

/**
 * Roles that an officer adds. A supporter comes by the victim's own consent, and a child's parent is
 * named and approved (domain/acting), so that their part ends at 18.
 */
export type AddedRole = Exclude<ParticipationRole, 'supporter_readonly' | 'parent_guardian'>;
export const addedRoles = participationRoles.filter(
	(role): role is AddedRole => role !== 'supporter_readonly' && role !== 'parent_guardian'
);

/** A person as the form describes them; `language` is a code that the page offered. */
export type PersonAnswers = {
	readonly name: string;
	readonly role: AddedRole;
	readonly language: string;
	readonly tier: Tier;
	readonly grounds: readonly Ground[];
};

const longestName = 100;

/** Reads the person that is to be added to a case, and who may see the case then. */
export const parse: Parse<{ readonly person: PersonAnswers; readonly insider: Insider }> = (
	data
) => {
	const [person, insider] = [personOf(data), insiderOf(data)];
	if (person.ok && insider.ok) return ok({ person: person.value, insider: insider.value });
	return refuse(
		data,
		[person, insider].flatMap((part) => (part.ok ? [] : part.error))
	);
};

/** Reads a person from a form that may hold more. Gives the errors in the order of the page. */
export function personOf(data: FormData): Result<PersonAnswers, readonly FieldError[]> {
	const errors: FieldError[] = [];
	const wrong = (field: string, key: string, values?: FieldError['values']): void => {
		errors.push({ field, key: `staff:error.${key}`, ...(values ? { values } : {}) });
	};
	const name = text(data, 'name');
	if (name === '') wrong('name', 'nameMissing');
	else if (exceeds(name, longestName)) wrong('name', 'nameLong', { count: longestName });
	const role = addedRoles.find((known) => known === text(data, 'role'));
	if (!role) wrong('role', 'roleMissing');
	const language = text(data, 'language');
	if (!/^[a-z]{2}$/.test(language)) wrong('language', 'languageMissing');
	const tier = tiers.find((known) => known === text(data, 'tier'));
	if (!tier) wrong('tier', 'tierMissing');
	// Grounds that were ticked before the tier was changed back to standard are not meant any more.
	const named = tier === 'enhanced' ? several(data, 'grounds').filter(isGround) : [];
	if (tier && !tierFits(tier, named)) wrong('grounds', 'groundsMissing');
	if (errors.length > 0 || !role || !tier) return { ok: false, error: errors };
	const ordered = grounds.filter((ground) => named.includes(ground));
	return ok({ name, role, language, tier, grounds: ordered });
}
