import { err, ok, type Result } from '#lib/domain/result.ts';

/** The roles that a force's own directory may give: never a victim's, nor an operator's. */
export const claimedRoles = [
	'officer',
	'supervisor',
	'caseworker',
	'agency_desk',
	'oversight'
] as const;

export type ClaimedRole = (typeof claimedRoles)[number];

/** What the claims of a force's directory mean. A claim inside another is named with a dot. */
export type ClaimRules = {
	readonly roleClaim: string;
	/** Which value gives which role; the first that somebody has counts. */
	readonly roles: readonly (readonly [string, ClaimedRole])[];
	readonly forceClaim: string;
	readonly forceValue: string;
	readonly labelClaim: string | null;
	/** Values of `amr` or `acr` that say a second step was taken. */
	readonly secondStep: readonly string[];
};

export type Claimed = {
	readonly role: ClaimedRole;
	/** What victims will read of this person. */
	readonly label: string;
	readonly secondStep: boolean;
};

type Claims = Readonly<Record<string, unknown>>;

// What a person is called until somebody says better: no name, so nothing wrong is shown.
const plainLabel: Readonly<Record<ClaimedRole, string>> = {
	officer: 'Officer',
	supervisor: 'Supervisor',
	caseworker: 'Caseworker',
	agency_desk: 'Agency desk',
	oversight: 'Oversight'
};

/**
 * Takes verified claims and gives who their bearer is here, or which claim does not say so: the
 * force must be ours, and one of the roles must be known.
 */
export function readClaims(claims: Claims, rules: ClaimRules): Result<Claimed, 'force' | 'role'> {
	if (!valuesAt(claims, rules.forceClaim).includes(rules.forceValue)) return err('force');
	const held = valuesAt(claims, rules.roleClaim);
	const role = rules.roles.find(([value]) => held.includes(value))?.[1];
	if (role === undefined) return err('role');
	const steps = [...valuesAt(claims, 'amr'), ...valuesAt(claims, 'acr')];
	return ok({
		role,
		label: labelOf(claims, rules.labelClaim) ?? plainLabel[role],
		secondStep: rules.secondStep.some((value) => steps.includes(value))
	});
}

/** Whether words may stand for a member of staff: short, and no mail address. */
export function isStaffLabel(text: string): boolean {
	return /^[\p{L}\p{N}][\p{L}\p{N} '’.-]{1,39}$/u.test(text);
}

function labelOf(claims: Claims, claim: string | null): string | null {
	const [label = ''] = claim === null ? [] : valuesAt(claims, claim);
	return isStaffLabel(label.trim()) ? label.trim() : null;
}

// A claim whose own name has dots in it (`https://…/roles`) is taken as it stands first.
function valuesAt(claims: Claims, claim: string): string[] {
	const found = Object.hasOwn(claims, claim)
		? claims[claim]
		: claim.split('.').reduce<unknown>((at, part) => inside(at, part), claims);
	return (Array.isArray(found) ? found : [found]).filter((one) => typeof one === 'string');
}

function inside(value: unknown, part: string): unknown {
	if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
	return (value as Claims)[part];
}
