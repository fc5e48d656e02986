import type { Role } from '#lib/domain/access/role.ts';

/**
 * Whether somebody may open, for a stated reason, a case that they do not work on. Only police, and
 * never anyone who was barred from it, whatever their reason. The database holds the same rule in
 * `may_break_glass`; a test compares the two.
 */
export function mayBreakGlass(who: { readonly role: Role; readonly barred: boolean }): boolean {
	return (who.role === 'officer' || who.role === 'supervisor') && !who.barred;
}

/** Who is told at once that the glass was broken: of a restricted case, never the line supervisor. */
export function toldOfBrokenGlass(about: {
	readonly restricted: boolean;
}): 'professional_standards' | 'supervisor' {
	return about.restricted ? 'professional_standards' : 'supervisor';
}
